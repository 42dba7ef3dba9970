import * as vscode from 'vscode';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ExceptionFilter } from '../../engine';

export const EXCEPTION_FILTERS = [
  'shape',
  'nan',
  'deadRelu',
  'saturatedSigmoid',
] as const satisfies ExceptionFilter[];

/** The exceptions as the client lists them. */
export function exceptionBreakpointFilters(): DebugProtocol.ExceptionBreakpointsFilter[] {
  const { t } = vscode.l10n;
  const texts: Record<ExceptionFilter, { label: string; description: string }> = {
    shape: {
      label: t('Shapes Do Not Fit'),
      description: t('Stops at the layer that cannot run, with what did run and what would fix it'),
    },
    nan: {
      label: t('NaN or ±Inf Appears'),
      description: t('Stops at the first layer whose output is not finite although its input is'),
    },
    deadRelu: {
      label: t('Dead ReLU'),
      description: t('Stops at a ReLU that gives 0 in a whole channel, for every sample of the batch'),
    },
    saturatedSigmoid: {
      label: t('Saturated Sigmoid'),
      description: t(
        'Stops at a sigmoid that gives nearly 0 or 1 in a whole channel, for every sample of the batch',
      ),
    },
  };
  return EXCEPTION_FILTERS.map(filter => ({ filter, ...texts[filter], default: filter === 'shape' }));
}
