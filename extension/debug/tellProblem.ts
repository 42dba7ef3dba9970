import * as vscode from 'vscode';
import { messageOf } from '../../engine';
import { resolveFile } from '../workspace/tensorFiles';

/** Says why a network cannot be debugged, and leads to what is wrong. VS Code's own dialog leads to a launch.json. */
export async function tellProblem(network: string, error: unknown): Promise<void> {
  const show = vscode.l10n.t('Show Problem');
  const answer = await vscode.window.showErrorMessage(messageOf(error), show);
  if (answer === show) await showProblem(await resolveFile(network));
}

/** Opens a network's file at the first of its errors. */
export async function showProblem(file: vscode.Uri): Promise<void> {
  const first = vscode.languages
    .getDiagnostics(file)
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .at(0);
  await vscode.window.showTextDocument(file, first && { selection: first.range });
}
