import { Worker } from 'node:worker_threads';
import { createClient, type Client, type RunRequest } from '../../webview/protocol';
import { messageOf } from '../run/messageOf';
import type { EngineRequests, FileContent, StartedRun } from './engineRequests';
import { messagePort } from './messagePort';

/** Milliseconds without a run or a request after which the worker is stopped. */
const IDLE_MS = 60_000;

type RunOnly = Extract<keyof EngineRequests, `array/${string}` | `cell/${string}`>;
type Params<K extends keyof EngineRequests> = EngineRequests[K]['params'];
type Result<K extends keyof EngineRequests> = Promise<EngineRequests[K]['result']>;

/** A run that lives in the worker. */
export interface EngineRun extends StartedRun {
  /** False once the worker has stopped: the run has gone with it. */
  isAlive(): boolean;
  request<K extends RunOnly>(name: K, params: Omit<Params<K>, 'run'>, signal?: AbortSignal): Result<K>;
  /** Frees the run's arrays. */
  close(): void;
}

/** The engine in its worker thread, which is started by the first request and stopped when it has been idle. */
export interface EngineClient {
  /** @throws RemoteError, CancelledError, EngineStoppedError */
  request<K extends 'file/index' | 'file/thumbnails'>(
    name: K,
    params: Params<K>,
    signal?: AbortSignal,
  ): Result<K>;
  /** @throws RemoteError, CancelledError, EngineStoppedError */
  start(
    request: RunRequest,
    files: Readonly<Record<string, FileContent>>,
    signal?: AbortSignal,
  ): Promise<EngineRun>;
  dispose(): void;
}

/** The worker ended while something was asked of it. The next request starts another. */
export class EngineStoppedError extends Error {
  constructor(cause: string) {
    super(`The engine stopped (${cause}). Run the layer again to restart it.`);
    this.name = 'EngineStoppedError';
  }
}

/** A worker with what it is needed for. */
interface Connection {
  readonly worker: Worker;
  readonly client: Client<EngineRequests>;
  /** Runs and unanswered requests. */
  uses: number;
  idle?: NodeJS.Timeout;
  alive: boolean;
}

/** @param script path of the bundled engineWorker */
export function createEngineClient(script: string): EngineClient {
  let current: Connection | undefined;

  const connect = (): Connection => {
    const worker = new Worker(script, { name: 'CNN Tensor Inspector engine' });
    const connection: Connection = {
      worker,
      client: createClient<EngineRequests>(messagePort(worker)),
      uses: 0,
      alive: true,
    };
    const end = (cause: string): void => {
      if (!connection.alive) return;
      connection.alive = false;
      clearTimeout(connection.idle);
      if (current === connection) current = undefined;
      connection.client.close(new EngineStoppedError(cause));
    };
    worker.on('error', error => end(messageOf(error)));
    worker.on('exit', code => end(`exit code ${code}`));
    return connection;
  };

  const use = (connection: Connection): (() => void) => {
    connection.uses++;
    clearTimeout(connection.idle);
    return () => {
      if (--connection.uses === 0 && connection.alive) {
        connection.idle = setTimeout(() => void connection.worker.terminate(), IDLE_MS);
        connection.idle.unref();
      }
    };
  };

  const ask = async <K extends keyof EngineRequests>(
    connection: Connection,
    name: K,
    params: Params<K>,
    signal?: AbortSignal,
  ): Result<K> => {
    const release = use(connection);
    try {
      return await connection.client.request(name, params, signal);
    } finally {
      release();
    }
  };

  return {
    request: (name, params, signal) => ask((current ??= connect()), name, params, signal),
    async start(request, files, signal) {
      const connection = (current ??= connect());
      const started = await ask(connection, 'run/start', { request, files }, signal);
      const release = use(connection);
      let open = true;
      const { run } = started;
      return {
        ...started,
        isAlive: () => connection.alive,
        request: async (name, params, requestSignal) => {
          if (!connection.alive) throw new EngineStoppedError('it was restarted');
          return ask(connection, name, { ...params, run }, requestSignal);
        },
        close() {
          if (!open) return;
          open = false;
          release();
          if (connection.alive) void ask(connection, 'run/close', { run });
        },
      };
    },
    dispose() {
      void current?.worker.terminate();
    },
  };
}
