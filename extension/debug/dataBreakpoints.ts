import * as vscode from 'vscode';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { messageOf, type ArrayEvent, type DataBreakpoint } from '../../engine';
import { refused, type BreakpointSet } from './breakpointSet';
import type { DapHandlers } from './dapMessages';
import type { Debuggee } from './debuggee';
import type { References } from './references';

/** Breakpoints on what an array of a layer comes to hold. */
export function dataBreakpointHandlers(
  debuggee: Debuggee,
  breakpoints: BreakpointSet,
  references: References,
): Pick<DapHandlers, 'dataBreakpointInfo' | 'setDataBreakpoints'> {
  /** The name by which the session knows an array that the client points at; nothing where it is none. */
  const arrayName = async (
    name: string,
    variablesReference: number | undefined,
    frameId: number | undefined,
  ): Promise<string | undefined> => {
    const { session } = debuggee;
    if (variablesReference === undefined) {
      const asked = { expression: name, frame: debuggee.level(frameId) };
      return (await session.request('expression/evaluate', asked)).array && name;
    }
    const container = references.get(variablesReference);
    if (container.kind !== 'scope') return undefined;
    const { frame, scope } = container;
    const variables = await session.request('scope/variables', { frame, scope });
    const found = variables.find(each => each.name === name);
    return found?.array && found.expression;
  };

  return {
    async dataBreakpointInfo({ variablesReference, name, frameId }) {
      const { t } = vscode.l10n;
      const array = await arrayName(name, variablesReference, frameId);
      return array === undefined
        ? { dataId: null, description: t('Only arrays of layers can be watched') }
        : {
            dataId: array,
            description: t('{0} becomes NaN or ±Inf (as a condition: zero, shape, |x| > 5)', array),
            canPersist: true,
          };
    },
    async setDataBreakpoints({ breakpoints: given }) {
      const data: DataBreakpoint[] = [];
      const told: DebugProtocol.Breakpoint[] = [];
      for (const { dataId, condition } of given) {
        try {
          const id = breakpoints.newId();
          data.push({ id, array: dataId, ...parseDataCondition(condition) });
          told.push({ id, verified: true });
        } catch (error) {
          told.push(refused(messageOf(error)));
        }
      }
      await breakpoints.set({ data });
      return { breakpoints: told };
    },
  };
}

/**
 * The condition of a data breakpoint as its user writes it: nothing or `nan`, `zero`, `shape`, `|x| > 5`.
 * @throws Error listing them
 */
function parseDataCondition(text = ''): { event: ArrayEvent; limit?: number } {
  const condition = text.trim().toLowerCase();
  if (/^(|nan|inf|nan or inf|not finite)$/.test(condition)) return { event: 'notFinite' };
  if (/^(all )?zeros?$/.test(condition)) return { event: 'allZero' };
  if (/^shape( changes)?$/.test(condition)) return { event: 'shapeChanges' };
  const size = /^(?:\|[\w.]+\||abs\([\w.]+\))\s*>\s*(\d*\.?\d+(?:e[+-]?\d+)?)$/.exec(condition);
  if (size) return { event: 'exceeds', limit: Number(size[1]) };
  throw new Error(`the condition of a data breakpoint is one of: nan, zero, shape, |x| > 5; it is '${text}'`);
}
