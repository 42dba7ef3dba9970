import * as vscode from 'vscode';
import { compactShape, INPUT } from '../../engine';
import { fixTitle } from '../language/fixTitle';
import type { DapHandlers } from './dapMessages';
import type { Debuggee } from './debuggee';

/** What went wrong, how the shapes came about, and what would fix it. */
export function exceptionHandlers(debuggee: Debuggee): Pick<DapHandlers, 'exceptionInfo'> {
  return {
    exceptionInfo() {
      const { t } = vscode.l10n;
      const { state, network } = debuggee.session;
      const { text = '', problem, layers, position } = state;
      const at = layers.at(Math.max(0, position.layer));
      const fixes = (problem?.fixes ?? []).map(
        fix => `  • ${fixTitle(fix, network)}  →  ${compactShape(fix.out)}`,
      );
      // VS Code takes what follows a slash for a file.
      const formulas = (problem && at ? at.formulas : []).map(each => each.replaceAll('/', ' / '));
      const lines = [...formulas, ...(fixes.length > 0 ? [t('What would fix it:'), ...fixes] : [])];
      return {
        exceptionId: problem
          ? t('Shapes do not fit')
          : t('Stopped at {0}', position.layer < 0 || !at ? INPUT : at.name),
        description: text,
        breakMode: 'always',
        details: { message: text, typeName: problem?.fault, stackTrace: lines.join('\n') },
      };
    },
  };
}
