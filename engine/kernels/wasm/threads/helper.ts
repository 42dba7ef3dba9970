import { instantiate } from '../crew';
import { controlOf } from './control';

/** What a helping thread is started with; it can be sent to a worker. */
export interface HelperData {
  /** Of kernels whose memory is shared. */
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The crew's control block. */
  readonly block: SharedArrayBuffer;
  /** Number of the thread, from 0. */
  readonly seat: number;
}

/** The kernels of a module, by the numbers that all threads know them by. */
export function kernelNames(module: WebAssembly.Module): string[] {
  return WebAssembly.Module.exports(module).map(({ name }) => name);
}

/** Makes the calling thread one of a crew: from now on it computes tiles, or sleeps, until it is terminated. */
export function help({ module, memory, block, seat }: HelperData): never {
  const kernels = instantiate(module, memory);
  const names = kernelNames(module);
  const control = controlOf(block);
  for (;;) {
    const opened = control.opened();
    control.setBusy(seat, true);
    try {
      for (let tile = control.take(); tile !== undefined; tile = control.take()) {
        const { kernel, args, scratch, scratchBytes } = control.job();
        kernels[names[kernel]](args, tile, scratch + (seat + 1) * scratchBytes);
      }
    } catch {
      control.fail(); // the calling thread says so
    }
    control.setBusy(seat, false);
    control.sleep(opened);
  }
}
