import * as vscode from 'vscode';
import type { DapHandlers } from './dapMessages';
import type { Debuggee } from './debuggee';

/** What went wrong, and how the shapes came about. */
export function exceptionHandlers(debuggee: Debuggee): Pick<DapHandlers, 'exceptionInfo'> {
  return {
    exceptionInfo() {
      const { text = '', problem, layers, position } = debuggee.session.state;
      const formulas = layers[position.layer]?.formulas ?? [];
      return {
        exceptionId: problem ? vscode.l10n.t('Shapes do not fit') : vscode.l10n.t('Stopped'),
        description: text,
        breakMode: 'always',
        details: { message: text, typeName: problem?.fault, stackTrace: formulas.join('\n') },
      };
    },
  };
}
