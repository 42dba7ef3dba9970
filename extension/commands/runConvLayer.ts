import * as vscode from 'vscode';
import { CancelledError, messageOf } from '../../engine';
import type { RunRequest, RunSummary } from '../../webview/protocol';
import type { LayerPanels } from '../panels/layerPanels';
import { pickRun, type PickStart } from '../pick/pickRun';
import { looksLikeRunRequest, parseRunRequest } from '../run/parseRunRequest';
import type { EngineClient } from '../worker/runs/engineClient';

/** Remembers the last run of the workspace. */
export interface LastRun {
  get(): RunRequest | undefined;
  set(request: RunRequest): void;
}

export function createLastRun(state: vscode.Memento): LastRun {
  const key = 'lastRun';
  return { get: () => state.get(key), set: request => void state.update(key, request) };
}

/**
 * CNN: Run Conv Layer.
 * @param argument a {@link RunRequest} with all choices, from a key binding, a task or another extension; the file
 *   that a menu was opened on; or nothing: then it asks
 * @returns the run, or undefined if the user gave up
 * @throws ArgumentError, and what {@link LayerPanels.open} throws, where all choices were given
 */
export async function runConvLayer(
  engine: EngineClient,
  panels: LayerPanels,
  argument: unknown,
): Promise<RunSummary | undefined> {
  if (looksLikeRunRequest(argument)) return (await panels.open(parseRunRequest(argument))).summary;
  return pickAndRun(engine, panels, argument instanceof vscode.Uri ? { file: argument } : undefined);
}

/** Asks for what is still open, and runs. Undefined if the user gave up. */
export function pickAndRun(
  engine: EngineClient,
  panels: LayerPanels,
  start?: PickStart,
): Promise<RunSummary | undefined> {
  return orChooseAgain(engine, panels, async () => {
    const request = await pickRun(engine, start);
    return request && (await panels.open(request)).summary;
  });
}

/** CNN: Run Conv Layer Again: repeats the run of the panel that has the focus, or else the last one. */
export async function runConvLayerAgain(
  engine: EngineClient,
  panels: LayerPanels,
  lastRun: LastRun,
): Promise<RunSummary | undefined> {
  const active = panels.active();
  if (active) return active.runAgain();
  const request = lastRun.get();
  if (!request) return runConvLayer(engine, panels, undefined);
  return orChooseAgain(engine, panels, async () => (await panels.open(request)).summary);
}

/** Runs what the user chose; where that does not work, says why and offers to choose again. */
async function orChooseAgain(
  engine: EngineClient,
  panels: LayerPanels,
  run: () => Promise<RunSummary | undefined>,
): Promise<RunSummary | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    const again = vscode.l10n.t('Choose Again');
    if ((await vscode.window.showErrorMessage(messageOf(error), again)) !== again) return undefined;
    return runConvLayer(engine, panels, undefined);
  }
}
