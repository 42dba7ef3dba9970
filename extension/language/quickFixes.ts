import * as vscode from 'vscode';
import { applyChanges, compactShape, type Fix } from '../../engine';
import { fixTitle } from './fixTitle';
import { documentRange, type NetworkReadings, type ReadText } from './networkReadings';

/** Every way that was found to mend what is wrong, the nearest first. */
export function createQuickFixes(readings: NetworkReadings): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, { diagnostics }) {
      const reading = await readings.of(document);
      return reading.problems.flatMap(({ range: at, fault, fixes, replacement }) => {
        const where = documentRange(document, at);
        if (!where.intersection(range)) return [];
        const action = (title: string, edit: vscode.TextEdit, isPreferred: boolean) =>
          Object.assign(new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix), {
            edit: editOf(document, edit),
            isPreferred,
            diagnostics: diagnostics.filter(({ code, range }) => code === fault && range.isEqual(where)),
          });
        if (replacement !== undefined) {
          const title = vscode.l10n.t('Change to {0}', replacement);
          return action(title, vscode.TextEdit.replace(where, replacement), true);
        }
        return fixes.map((fix, i) => {
          const title = fixTitle(fix, reading.network);
          const out = compactShape(fix.out);
          const gives = title.endsWith(out) ? '' : ` → ${out}`;
          return action(`${title}${gives}`, textEdit(document, reading, fix), i === 0);
        });
      });
    },
  };
}

function textEdit(document: vscode.TextDocument, { text, positions }: ReadText, fix: Fix): vscode.TextEdit {
  const edit = applyChanges(text, positions, fix.changes);
  return vscode.TextEdit.replace(documentRange(document, edit.range), edit.text);
}

function editOf(document: vscode.TextDocument, edit: vscode.TextEdit): vscode.WorkspaceEdit {
  const workspaceEdit = new vscode.WorkspaceEdit();
  workspaceEdit.set(document.uri, [edit]);
  return workspaceEdit;
}
