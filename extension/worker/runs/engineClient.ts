import type { RunRequest } from '../../../webview/protocol';
import { connect, type Connection } from '../channel/connection';
import type { EngineSettings, KernelRequests } from '../kernels/kernelRequests';
import type { EngineRequests, FileContent, TraceQuestions, StartedRun } from './engineRequests';

/** Requests that leave nothing behind in the worker. */
type Question =
  | 'file/index'
  | 'file/list'
  | 'file/python'
  | 'file/thumbnails'
  | 'network/read'
  | 'network/propose'
  | Exclude<keyof KernelRequests, 'kernels/report'>;

type Params<K extends keyof EngineRequests> = EngineRequests[K]['params'];
type Result<K extends keyof EngineRequests> = Promise<EngineRequests[K]['result']>;

/** A run that lives in the worker. */
export interface EngineRun extends StartedRun {
  /** False once the worker has stopped: the run has gone with it. */
  isAlive(): boolean;
  request<K extends keyof TraceQuestions>(
    name: K,
    params: TraceQuestions[K]['params'],
    signal?: AbortSignal,
  ): Promise<TraceQuestions[K]['result']>;
  /** Frees the run's arrays. */
  close(): void;
}

/** The engine in its worker thread, which is started by the first request and stopped when it has been idle. */
export interface EngineClient {
  /** @throws RemoteError, CancelledError, EngineStoppedError */
  request<K extends Question>(name: K, params: Params<K>, signal?: AbortSignal): Result<K>;
  /** @throws RemoteError, CancelledError, EngineStoppedError */
  start(
    request: RunRequest,
    files: Readonly<Record<string, FileContent>>,
    signal?: AbortSignal,
  ): Promise<EngineRun>;
  dispose(): void;
}

/**
 * @param script path of the bundled engineWorker
 * @param settings what runs that are started from now on compute with
 */
export function createEngineClient(script: string, settings: () => EngineSettings): EngineClient {
  let current: Connection<EngineRequests, Record<never, never>> | undefined;

  const connected = (): NonNullable<typeof current> => {
    if (!current?.isAlive()) {
      current = connect<EngineRequests>({
        script,
        name: 'CNN Tensor Inspector engine',
        remedy: 'Run the layer again to restart it.',
      });
    }
    return current;
  };

  return {
    request: (name, params, signal) => connected().request(name, params, signal),
    async start(request, files, signal) {
      const connection = connected();
      await connection.request('kernels/use', settings(), signal);
      const started = await connection.request('run/start', { request, files }, signal);
      const release = connection.use();
      let open = true;
      const { run } = started;
      return {
        ...started,
        isAlive: connection.isAlive,
        request: (name, params, requestSignal) => connection.request(name, { ...params, run }, requestSignal),
        close() {
          if (!open) return;
          open = false;
          release();
          if (connection.isAlive()) void connection.request('run/close', { run });
        },
      };
    },
    dispose: () => current?.stop('it was closed'),
  };
}
