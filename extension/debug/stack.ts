import * as vscode from 'vscode';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { INPUT, type FrameLevel, type ScopeName } from '../../engine';
import type { SessionState } from '../../webview/protocol';
import type { DapHandlers } from './dapMessages';
import type { Debuggee } from './debuggee';
import { depthOf, FRAMES, THREAD } from './frames';
import type { References } from './references';

/** The stack: network › layer › operation › cell, and the scopes of each. */
export function stackHandlers(
  debuggee: Debuggee,
  references: References,
): Pick<DapHandlers, 'threads' | 'stackTrace' | 'scopes'> {
  return {
    threads: () => ({ threads: [{ id: THREAD, name: debuggee.session.state.network }] }),
    stackTrace({ startFrame = 0, levels = FRAMES.length }) {
      const frames = stackFrames(debuggee);
      return {
        stackFrames: frames.slice(startFrame, startFrame + (levels || frames.length)),
        totalFrames: frames.length,
      };
    },
    async scopes({ frameId }) {
      const frame = debuggee.level(frameId);
      const names = await debuggee.session.request('scope/names', { frame });
      return {
        scopes: names.map(scope => ({
          name: scopeTitle(scope),
          variablesReference: references.add({ kind: 'scope', frame, scope }),
          expensive: scope === 'intermediates' || scope === 'gradients',
        })),
      };
    },
  };
}

/** The innermost first. */
function stackFrames({ session, lines }: Debuggee): DebugProtocol.StackFrame[] {
  const { state } = session;
  const { layer } = state.position;
  return FRAMES.slice(0, depthOf(state))
    .map((level, i) => {
      // Without its end: VS Code would select the whole layer at every step.
      const { line, column } = level === 'network' ? lines.network : lines.placeOf(layer);
      return {
        id: i + 1,
        name: frameName(level, state),
        source: lines.source,
        line,
        column,
        canRestart: true,
      };
    })
    .reverse();
}

function frameName(level: FrameLevel, state: SessionState): string {
  const { position, operation } = state;
  switch (level) {
    case 'network':
      return state.network;
    case 'layer': {
      if (position.layer < 0) return INPUT;
      const { name } = state.layers[position.layer];
      return position.direction === 'forward' ? name : vscode.l10n.t('{0}, on the way back', name);
    }
    case 'operation':
      return operation
        ? `${operation.operation}  ${operation.inputs.join(', ')} → ${operation.outputs.join(', ')}`
        : '';
    case 'cell': {
      const { array = '', index = [], term = 0 } = position.cell ?? {};
      const cell = `${array}[${index.join(', ')}]`;
      return term === 0 ? cell : vscode.l10n.t('{0}, term {1}', cell, term);
    }
  }
}

function scopeTitle(scope: ScopeName): string {
  const { t } = vscode.l10n;
  switch (scope) {
    case 'input':
      return t('Input');
    case 'parameters':
      return t('Parameters');
    case 'attributes':
      return t('Attributes');
    case 'intermediates':
      return t('Intermediates');
    case 'output':
      return t('Output');
    case 'gradients':
      return t('Gradients');
    case 'terms':
      return t('Terms');
    case 'totals':
      return t('Totals');
  }
}
