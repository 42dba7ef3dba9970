import type { Handlers } from '../../../webview/protocol';
import type { KernelRequests } from './kernelRequests';
import { measureSpeed } from './measureSpeed';
import { loadKernels } from './workerKernels';

/** Loads the kernels of this worker. @param bundles the folder dist */
export async function kernelHandlers(bundles: URL): Promise<Handlers<KernelRequests>> {
  const kernels = await loadKernels(bundles);
  return {
    'kernels/use': settings => {
      kernels.use(settings);
      return kernels.report();
    },
    'kernels/report': () => kernels.report(),
    'kernels/measure': (_, signal) => measureSpeed(signal),
  };
}
