import * as vscode from 'vscode';
import type { EngineSettings } from './worker/kernels/kernelRequests';

const MOST_THREADS = 64;

/** The settings of the engine; what is no valid value of one counts as its default. */
export function engineSettings(): EngineSettings {
  const settings = vscode.workspace.getConfiguration('cnnInspector.engine');
  const threads = settings.get<unknown>('threads');
  const isCount =
    typeof threads === 'number' && Number.isInteger(threads) && threads > 0 && threads <= MOST_THREADS;
  return {
    threads: isCount ? threads : 0,
    arithmetic: settings.get<unknown>('arithmetic') === 'fast' ? 'fast' : 'exact',
  };
}
