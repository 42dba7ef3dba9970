import * as vscode from 'vscode';
import type { RunRequest, RunSummary } from '../../webview/protocol';
import type { EngineClient, EngineRun } from '../worker/runs/engineClient';
import { fileContent, resolveFile } from '../workspace/tensorFiles';
import { asReadNow, type ReadFile } from '../workspace/watchFiles';
import { withDelayedProgress } from './delayedProgress';
import { noteText } from './noteText';

/** A run with what the host adds to it. */
export interface LayerRun {
  readonly engine: EngineRun;
  readonly summary: RunSummary;
  /** The files it was read from. */
  readonly files: readonly ReadFile[];
}

/**
 * Reads the request's files and runs the layer in the engine's worker.
 * @throws RemoteError with the engine's reason, CancelledError, EngineStoppedError, vscode.FileSystemError
 */
export async function startRun(engine: EngineClient, request: RunRequest): Promise<LayerRun> {
  const names = filesOf(request);
  const files = await Promise.all(names.map(resolveFile));
  const [contents, read] = await Promise.all([
    Promise.all(files.map(fileContent)),
    Promise.all(files.map(asReadNow)),
  ]);
  const run = await withDelayedProgress(vscode.l10n.t('Running the convolution layer…'), signal =>
    engine.start(request, Object.fromEntries(names.map((name, i) => [name, contents[i]])), signal),
  );
  return { engine: run, summary: { ...run.summary, notes: run.notes.map(noteText) }, files: read };
}

/** The names of the files that a request refers to, each once. */
function filesOf({ weights, bias, input, dout }: RunRequest): string[] {
  const references = [weights, input, ...(bias ? [bias] : []), ...(dout?.kind === 'file' ? [dout] : [])];
  return [...new Set(references.map(({ file }) => file))];
}
