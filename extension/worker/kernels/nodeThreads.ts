import { Worker } from 'node:worker_threads';
import type { ThreadHost } from '../../../engine/kernels/wasm/threads';

/** The threads of Node. They end with the one that starts them. @param script the bundled kernelThread */
export function nodeThreads(script: URL): ThreadHost {
  return {
    start(workerData, onEnd) {
      const worker = new Worker(script, { name: 'CNN Tensor Inspector kernels', workerData });
      worker.unref();
      worker.on('error', () => undefined); // 'exit' follows
      worker.once('exit', onEnd);
      return () => void worker.terminate();
    },
  };
}
