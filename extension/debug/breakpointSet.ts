import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Breakpoints } from '../../engine';
import type { Debuggee } from './debuggee';

/** The session's breakpoints: the client sets those of one kind at a time, the session takes all at once. */
export interface BreakpointSet {
  /** Those of the kinds that are given take the place of the ones before. */
  set(part: Partial<Breakpoints>): Promise<void>;
  newId(): number;
  /** Why a condition cannot be read; nothing where it can, or there is none. */
  faultIn(condition: string | undefined): Promise<string | undefined>;
}

export function createBreakpointSet(debuggee: Debuggee): BreakpointSet {
  let all: Breakpoints = { layers: [], functions: [], data: [], exceptions: [] };
  let lastId = 0;
  return {
    set(part) {
      all = { ...all, ...part };
      return debuggee.session.setBreakpoints(all);
    },
    newId: () => ++lastId,
    async faultIn(expression) {
      return expression ? debuggee.session.request('expression/check', { expression }) : undefined;
    },
  };
}

/** What the client is told of a breakpoint that cannot be. */
export function refused(message: string): DebugProtocol.Breakpoint {
  return { verified: false, reason: 'failed', message };
}
