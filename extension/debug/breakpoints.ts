import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ExceptionFilter, FunctionBreakpoint } from '../../engine';
import { createBreakpointSet, refused } from './breakpointSet';
import type { DapHandlers } from './dapMessages';
import type { SendEvent } from './dapServer';
import { dataBreakpointHandlers } from './dataBreakpoints';
import type { Debuggee } from './debuggee';
import { EXCEPTION_FILTERS } from './exceptions';
import { lineBreakpointHandlers } from './lineBreakpoints';
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

/** Breakpoints of every kind. */
export function breakpointHandlers(
  debuggee: Debuggee,
  references: References,
  send: SendEvent,
): BreakpointHandlers {
  const all = createBreakpointSet(debuggee);
  return {
    ...lineBreakpointHandlers(debuggee, all, send),
    ...dataBreakpointHandlers(debuggee, all, references),
    async setFunctionBreakpoints({ breakpoints }) {
      const functions: FunctionBreakpoint[] = [];
      const told: DebugProtocol.Breakpoint[] = [];
      for (const { name: typed, condition } of breakpoints) {
        const name = typed.trim();
        const fault =
          (await debuggee.session.request('function/check', { name })) ?? (await all.faultIn(condition));
        const id = all.newId();
        if (!fault) functions.push({ id, name, condition });
        told.push(fault ? refused(fault) : { id, verified: true });
      }
      await all.set({ functions });
      return { breakpoints: told };
    },
    async setExceptionBreakpoints({ filters }) {
      const exceptions: ExceptionFilter[] = EXCEPTION_FILTERS.filter(filter => filters.includes(filter));
      await all.set({ exceptions });
      return {
        breakpoints: filters.map(filter => ({ verified: exceptions.some(known => known === filter) })),
      };
    },
  };
}
