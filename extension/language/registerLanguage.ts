import * as vscode from 'vscode';
import type { EngineClient } from '../worker/runs/engineClient';
import { createCompletion } from './completion';
import { registerDiagnostics } from './diagnostics';
import { createHovers } from './hovers';
import { createInlayHints } from './inlayHints';
import { NETWORK_LANGUAGE, wakeJsonFeatures } from './jsonFeatures';
import { createLenses } from './lenses';
import { createNetworkReadings } from './networkReadings';
import { createQuickFixes } from './quickFixes';

/** What the editor knows of `*.cnn.json`: nothing is run for it. */
export function registerLanguage(engine: EngineClient): vscode.Disposable {
  const readings = createNetworkReadings(engine);
  const filesChanged = new vscode.EventEmitter<void>();
  const { languages, CodeActionKind } = vscode;
  return vscode.Disposable.from(
    readings,
    filesChanged,
    readings.onFiles(() => filesChanged.fire()),
    wakeJsonFeatures(),
    registerDiagnostics(readings),
    languages.registerInlayHintsProvider(NETWORK_LANGUAGE, createInlayHints(readings, filesChanged.event)),
    languages.registerHoverProvider(NETWORK_LANGUAGE, createHovers(readings)),
    languages.registerCodeLensProvider(NETWORK_LANGUAGE, createLenses(readings, filesChanged.event)),
    languages.registerCompletionItemProvider(
      NETWORK_LANGUAGE,
      createCompletion(readings, engine),
      '"',
      '[',
      ',',
    ),
    languages.registerCodeActionsProvider(NETWORK_LANGUAGE, createQuickFixes(readings), {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    }),
  );
}
