import * as vscode from 'vscode';
import type { StopReason } from '../../engine';
import type { SessionState } from '../../webview/protocol';
import type { DapEvents } from './dapMessages';
import { THREAD } from './frames';

/** Why it stands where it does, as the client shows it beside the stack. */
export function stoppedBody({ reason, text, problem, hits }: SessionState): DapEvents['stopped'] {
  return {
    reason: reason === 'end' || reason === 'start' ? 'step' : reason,
    description: describe(reason, problem !== undefined),
    text,
    threadId: THREAD,
    allThreadsStopped: true,
    hitBreakpointIds: [...hits],
  };
}

/** Undefined where the client has words of its own. */
function describe(reason: StopReason, isMisfit: boolean): string | undefined {
  const { t } = vscode.l10n;
  switch (reason) {
    case 'end':
      return t('At the end');
    case 'start':
      return t('At the start');
    case 'exception':
      return isMisfit ? t('Paused: shapes do not fit') : undefined;
    default:
      return undefined;
  }
}
