import type { Handlers } from '../../../webview/protocol';
import type { KernelRequests } from './kernelRequests';
import { loadValueLoops } from './loadValueLoops';
import { measureSpeed } from './measureSpeed';
import { loadKernels } from './workerKernels';

/** Loads the kernels of this worker, and the loops over values, without which ranges only take longer. @param bundles the folder dist */
export async function kernelHandlers(bundles: URL): Promise<Handlers<KernelRequests>> {
  const [kernels] = await Promise.all([loadKernels(bundles), loadValueLoops().catch(() => undefined)]);
  return {
    'kernels/use': settings => {
      kernels.use(settings);
      return kernels.report();
    },
    'kernels/report': () => kernels.report(),
    'kernels/measure': (_, signal) => measureSpeed(signal),
  };
}
