import * as vscode from 'vscode';
import type { Handlers, TraceRequests } from '../../webview/protocol';
import type { TraceQuestions } from '../worker/runs/engineRequests';
import { saveAs } from './saveAs';

/** Asks the worker that the panel's arrays are in, which is started if it has to be. */
export type Ask = <K extends keyof TraceQuestions>(
  name: K,
  params: TraceQuestions[K]['params'],
  signal: AbortSignal,
) => Promise<TraceQuestions[K]['result']>;

/** Answers what every panel of layers asks about its arrays. */
export function traceHandlers(ask: Ask): Handlers<TraceRequests> {
  return {
    'array/read': (params, signal) => ask('array/read', params, signal),
    'array/reduce': (params, signal) => ask('array/reduce', params, signal),
    'array/stats': (params, signal) => ask('array/stats', params, signal),
    'array/histogram': (params, signal) => ask('array/histogram', params, signal),
    'cell/explain': (params, signal) => ask('cell/explain', params, signal),
    'array/save': (params, signal) =>
      saveAs(workspaceFolder(), params.array, 'npy', () =>
        ask('array/file', { ...params, format: 'npy' }, signal),
      ),
    'picture/save': ({ name, png }) => saveAs(workspaceFolder(), name, 'png', () => Promise.resolve(png)),
    'array/copy': async (params, signal) => {
      await vscode.env.clipboard.writeText(await ask('array/text', { ...params, as: 'numpy' }, signal));
    },
  };
}

function workspaceFolder(): vscode.Uri | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}
