import * as vscode from 'vscode';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Breakpoints, ExceptionFilter } from '../../engine';
import { messageOf } from '../run/messageOf';
import type { DapHandlers } from './dapMessages';
import { parseDataCondition } from './dataCondition';
import type { Debuggee } from './debuggee';
import { EXCEPTION_FILTERS } from './exceptions';
import type { References } from './references';

type BreakpointHandlers = Pick<
  DapHandlers,
  | 'setBreakpoints'
  | 'setFunctionBreakpoints'
  | 'setExceptionBreakpoints'
  | 'dataBreakpointInfo'
  | 'setDataBreakpoints'
  | 'breakpointLocations'
>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Breakpoints of every kind: the client sets those of one kind at a time, the session takes all at once. */
export function breakpointHandlers(debuggee: Debuggee, references: References): BreakpointHandlers {
  const all: Mutable<Breakpoints> = { layers: [], functions: [], data: [], exceptions: [] };
  let lastId = 0;

  const set = (part: Partial<Breakpoints>): Promise<void> =>
    debuggee.session.setBreakpoints(Object.assign(all, part));
  /** Why one of the expressions cannot be read. */
  const faultIn = async (...expressions: (string | undefined)[]): Promise<string | undefined> => {
    for (const expression of expressions) {
      const fault = expression && (await debuggee.session.request('expression/check', { expression }));
      if (fault) return fault;
    }
    return undefined;
  };
  const refused = (message: string): DebugProtocol.Breakpoint => ({
    verified: false,
    reason: 'failed',
    message,
  });

  /** The name by which a data breakpoint knows an array that the client points at; nothing where it is none. */
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
    const found = (await session.request('scope/variables', { frame, scope })).find(
      each => each.name === name,
    );
    return found?.array && found.expression;
  };

  return {
    async setBreakpoints({ source, breakpoints = [] }) {
      const { lines } = debuggee;
      const layers: Mutable<Breakpoints['layers'][number]>[] = [];
      const told: DebugProtocol.Breakpoint[] = [];
      for (const { line, condition, hitCondition, logMessage } of breakpoints) {
        const layer = lines.isFile(source) ? lines.layerFrom(line) : undefined;
        const fault = await faultIn(condition);
        if (layer === undefined) {
          told.push(refused(vscode.l10n.t('No layer of the network that is debugged follows here')));
        } else if (fault) {
          told.push(refused(fault));
        } else {
          const id = ++lastId;
          layers.push({ id, layer, condition, hitCondition, logMessage });
          told.push({ id, verified: true, source: lines.source, ...lines.placeOf(layer) });
        }
      }
      // Other files have no layers of this network.
      if (lines.isFile(source)) await set({ layers });
      return { breakpoints: told };
    },
    async setFunctionBreakpoints({ breakpoints }) {
      const functions: Mutable<Breakpoints['functions'][number]>[] = [];
      const told: DebugProtocol.Breakpoint[] = [];
      for (const { name, condition } of breakpoints) {
        const fault = await faultIn(condition);
        const id = ++lastId;
        if (!fault) functions.push({ id, name: name.trim(), condition });
        told.push(fault ? refused(fault) : { id, verified: true });
      }
      await set({ functions });
      return { breakpoints: told };
    },
    async setExceptionBreakpoints({ filters, filterOptions = [] }) {
      const wanted = [...filters, ...filterOptions.map(({ filterId }) => filterId)];
      const exceptions = EXCEPTION_FILTERS.filter((filter): filter is ExceptionFilter =>
        wanted.includes(filter),
      );
      await set({ exceptions });
      return {
        breakpoints: wanted.map(filter => ({ verified: exceptions.some(known => known === filter) })),
      };
    },
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
    async setDataBreakpoints({ breakpoints }) {
      const data: Mutable<Breakpoints['data'][number]>[] = [];
      const told: DebugProtocol.Breakpoint[] = [];
      for (const { dataId, condition } of breakpoints) {
        try {
          const id = ++lastId;
          data.push({ id, array: dataId, ...parseDataCondition(condition) });
          told.push({ id, verified: true });
        } catch (error) {
          told.push(refused(messageOf(error)));
        }
      }
      await set({ data });
      return { breakpoints: told };
    },
    breakpointLocations({ source, line, endLine = line }) {
      const { lines } = debuggee;
      const layers = lines.isFile(source) ? lines.layersWithin(line, endLine) : [];
      return { breakpoints: layers.map(layer => lines.placeOf(layer)) };
    },
  };
}
