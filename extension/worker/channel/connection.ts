import { Worker, type ResourceLimits } from 'node:worker_threads';
import { messageOf } from '../../../engine';
import { createClient, type Client, type Requests } from '../../../webview/protocol';
import { messagePort } from './messagePort';

/** Milliseconds without a use after which a worker is stopped. */
const IDLE_MS = 60_000;

export interface WorkerOptions {
  /** Path of the bundled script. */
  readonly script: string;
  /** Shown by debuggers and profilers. */
  readonly name: string;
  /** Told to the user where the worker stops while something is asked of it. */
  readonly remedy: string;
  readonly resourceLimits?: ResourceLimits;
}

/** A worker ended while something was asked of it. */
export class EngineStoppedError extends Error {
  constructor(cause: string, remedy: string) {
    super(`The engine stopped (${cause}). ${remedy}`);
    this.name = 'EngineStoppedError';
  }
}

/** A worker thread with a typed channel to it. It is stopped when it has been idle. */
export interface Connection<R extends Requests<keyof R>, E> {
  readonly client: Client<R, E>;
  isAlive(): boolean;
  /** Keeps the worker from being idle until the returned function is called, once. */
  use(): () => void;
  /** @throws RemoteError, CancelledError, EngineStoppedError */
  request: Client<R, E>['request'];
  /** Ends the worker in whatever it is doing; what is unanswered is rejected with `cause` in the message. */
  stop(cause: string): void;
  /** Calls `handler` when the worker has ended, whoever ended it. */
  onEnd(handler: (error: EngineStoppedError) => void): void;
  /** Calls `handler` with each sign of life. */
  onMessage(handler: () => void): void;
}

export function connect<R extends Requests<keyof R>, E = Record<never, never>>({
  script,
  name,
  remedy,
  resourceLimits,
}: WorkerOptions): Connection<R, E> {
  const worker = new Worker(script, { name, resourceLimits });
  const client = createClient<R, E>(messagePort(worker));
  let uses = 0;
  let ended: EngineStoppedError | undefined;
  const endHandlers: ((error: EngineStoppedError) => void)[] = [];
  let idle: NodeJS.Timeout | undefined;

  const end = (cause: string): void => {
    if (ended) return;
    ended = new EngineStoppedError(cause, remedy);
    clearTimeout(idle);
    client.close(ended);
    for (const handler of endHandlers) handler(ended);
  };
  const stop = (cause: string): void => {
    end(cause);
    void worker.terminate();
  };
  const use = (): (() => void) => {
    uses++;
    clearTimeout(idle);
    return () => {
      if (--uses > 0 || ended) return;
      idle = setTimeout(() => stop('it was idle'), IDLE_MS);
      idle.unref();
    };
  };
  worker.on('error', error => end(messageOf(error)));
  worker.on('exit', code => end(`exit code ${code}`));

  return {
    client,
    isAlive: () => !ended,
    use,
    async request(requestName, params, signal) {
      if (ended) throw ended;
      const release = use();
      try {
        return await client.request(requestName, params, signal);
      } finally {
        release();
      }
    },
    stop,
    onEnd: handler => void endHandlers.push(handler),
    onMessage: handler => void worker.on('message', handler),
  };
}
