import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import type { NetworkSessions } from '../session/networkSession';
import { breakpointHandlers } from './breakpoints';
import { DapServer } from './dapServer';
import { createDebuggee } from './debuggee';
import { exceptionHandlers } from './exceptionInfo';
import { lifecycleHandlers } from './lifecycle';
import { movementHandlers } from './movement';
import { createReferences } from './references';
import { stackHandlers } from './stack';
import { variableHandlers } from './variables';

/** A debug adapter inside the extension host: it puts the words of the protocol to a session and knows nothing else. */
export function createDebugAdapter(sessions: NetworkSessions): vscode.DebugAdapter {
  const server = new DapServer(send => {
    const references = createReferences();
    const debuggee = createDebuggee(sessions, (event, body) => {
      if (event === 'stopped') references.clear();
      send(event, body);
    });
    return {
      ...lifecycleHandlers(debuggee, send),
      ...breakpointHandlers(debuggee, references, send),
      ...exceptionHandlers(debuggee),
      ...movementHandlers(debuggee),
      ...stackHandlers(debuggee, references),
      ...variableHandlers(debuggee, references),
    };
  });
  return Object.assign(new vscode.Disposable(() => server.dispose()), {
    onDidSendMessage: server.onDidSendMessage,
    handleMessage: (message: vscode.DebugProtocolMessage) =>
      server.handleMessage(message as DebugProtocol.Request),
  });
}
