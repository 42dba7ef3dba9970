import { messageOf } from '../../engine';
import { CAPABILITIES } from './capabilities';
import type { DapHandlers, LaunchArguments } from './dapMessages';
import { ToldError, type SendEvent } from './dapServer';
import type { Debuggee } from './debuggee';
import { exceptionBreakpointFilters } from './exceptions';
import { tellProblem } from './tellProblem';

type LifecycleHandlers = Pick<
  DapHandlers,
  'initialize' | 'launch' | 'configurationDone' | 'restart' | 'terminate' | 'disconnect' | 'cancel'
>;

/** From the first request to the last. */
export function lifecycleHandlers(debuggee: Debuggee, send: SendEvent): LifecycleHandlers {
  let stopOnEntry = true;
  const launch = async (args: LaunchArguments, signal: AbortSignal): Promise<void> => {
    stopOnEntry = args.stopOnEntry ?? true;
    await debuggee.launch(args, signal).catch((error: unknown) => {
      if (signal.aborted) throw error;
      void tellProblem(args.network, error);
      throw new ToldError(messageOf(error));
    });
    // Only now can the client be told which lines have layers.
    send('initialized', undefined);
  };
  return {
    initialize({ linesStartAt1 = true, columnsStartAt1 = true }) {
      debuggee.counting = { firstLine: linesStartAt1 ? 1 : 0, firstColumn: columnsStartAt1 ? 1 : 0 };
      return { ...CAPABILITIES, exceptionBreakpointFilters: exceptionBreakpointFilters() };
    },
    launch,
    configurationDone() {
      if (stopOnEntry) debuggee.tellStop();
      else debuggee.move({ kind: 'run', direction: 'onward' });
    },
    restart: () => debuggee.move({ kind: 'restart' }),
    terminate: () => debuggee.close(),
    disconnect: () => debuggee.close(),
    cancel({ progressId }) {
      if (progressId !== undefined) debuggee.session.pause();
    },
  };
}
