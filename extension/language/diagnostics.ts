import * as vscode from 'vscode';
import type { FileProblem } from '../worker/runs/engineRequests';
import { NETWORK_LANGUAGE } from './jsonFeatures';
import { documentRange, type NetworkReadings } from './networkReadings';

/** Milliseconds after a keystroke: letters that are typed at once are looked at once. */
const DELAY_MS = 30;

/** Keeps the Problems panel with what is wrong with the networks that are open. */
export function registerDiagnostics(readings: NetworkReadings): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('cnn');
  const timers = new Map<string, NodeJS.Timeout>();

  const look = async (document: vscode.TextDocument): Promise<void> => {
    const { version, problems } = await readings.of(document);
    if (document.isClosed || document.version !== version) return;
    // The syntax of JSON is checked by VS Code itself.
    const told = problems.filter(({ fault }) => fault !== 'syntax');
    collection.set(
      document.uri,
      told.map(problem => diagnosticOf(document, problem)),
    );
  };
  const lookSoon = (document: vscode.TextDocument): void => {
    if (document.languageId !== NETWORK_LANGUAGE) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        void look(document);
      }, DELAY_MS),
    );
  };
  const forget = (document: vscode.TextDocument): void => {
    clearTimeout(timers.get(document.uri.toString()));
    timers.delete(document.uri.toString());
    collection.delete(document.uri);
    readings.forget(document);
  };

  vscode.workspace.textDocuments.forEach(lookSoon);
  return vscode.Disposable.from(
    collection,
    readings.onFiles(lookSoon),
    vscode.workspace.onDidOpenTextDocument(lookSoon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => lookSoon(document)),
    vscode.workspace.onDidCloseTextDocument(forget),
    new vscode.Disposable(() => timers.forEach(clearTimeout)),
  );
}

function diagnosticOf(
  document: vscode.TextDocument,
  { severity, fault, message, range }: FileProblem,
): vscode.Diagnostic {
  const { Error, Warning } = vscode.DiagnosticSeverity;
  const diagnostic = new vscode.Diagnostic(
    documentRange(document, range),
    message,
    severity === 'error' ? Error : Warning,
  );
  diagnostic.source = 'cnn';
  diagnostic.code = fault;
  return diagnostic;
}
