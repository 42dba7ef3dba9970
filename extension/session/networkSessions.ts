import * as vscode from 'vscode';
import { createNetworkSession } from './createNetworkSession';
import type { NetworkSession, NetworkSessions } from './networkSession';

/** @param script path of the bundled sessionWorker */
export function createNetworkSessions(script: string): NetworkSessions {
  const sessions = new Set<NetworkSession>();
  const started = new vscode.EventEmitter<NetworkSession>();

  return {
    async start(options, signal) {
      const session = await createNetworkSession(script, options, signal);
      sessions.add(session);
      session.onClosed(reason => {
        if (reason === undefined) sessions.delete(session);
      });
      started.fire(session);
      return session;
    },
    all: () => [...sessions],
    of: file => [...sessions].findLast(session => session.file.toString() === file.toString()),
    onDidStart: started.event,
    dispose() {
      for (const session of [...sessions]) session.close();
      started.dispose();
    },
  };
}
