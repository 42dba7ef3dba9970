import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../../../webview/protocol';

/** Either end of a worker thread's connection, as a port of the typed channel. */
export function messagePort(end: MessagePort | Worker): Port {
  return {
    post: (message, transfer) => end.postMessage(message, [...transfer]),
    listen: handler => void end.on('message', handler),
  };
}
