import * as vscode from 'vscode';
import { engineSettings } from '../engineSettings';
import { connect, type Connection } from '../worker/channel/connection';
import type { SessionEvents, SessionRequests, StartedSession } from '../worker/sessions/sessionRequests';
import { fileContent } from '../workspace/tensorFiles';
import type { SessionOptions } from './networkSession';
import { readNetwork, type ReadNetwork } from './readNetwork';

/** A session's worker with a session started in it. */
export interface SessionProcess extends ReadNetwork {
  readonly connection: Connection<SessionRequests, SessionEvents>;
  readonly started: StartedSession;
}

/**
 * Reads the network's file as it is now and starts a session in a worker of its own.
 * @param script path of the bundled sessionWorker
 * @throws RemoteError with the reason, CancelledError, EngineStoppedError, and what {@link readNetwork} throws
 */
export async function startProcess(
  script: string,
  { file, saved, backward, batch }: SessionOptions,
  signal?: AbortSignal,
): Promise<SessionProcess> {
  const read = await readNetwork(file);
  const megabytes = vscode.workspace.getConfiguration('cnnInspector', file).get<number>('sessionMemory')!;
  const savedContent = saved && (await fileContent(saved));
  const connection = connect<SessionRequests, SessionEvents>({
    script,
    name: 'CNN Tensor Inspector session',
    remedy: 'Restart the session.',
  });
  connection.use(); // it is not idle for as long as somebody may look at it
  try {
    const { network, contents: files } = read;
    const budget = megabytes * 2 ** 20;
    await connection.request('kernels/use', engineSettings(), signal);
    const started = await connection.request(
      'session/start',
      { network, files, saved: savedContent, backward, batch, budget },
      signal,
    );
    return { ...read, connection, started };
  } catch (error) {
    connection.stop('the session could not be started');
    throw error;
  }
}
