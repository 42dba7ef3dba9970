import { CancelledError, messageOf } from '../../errors';
import type { NetworkRun } from '../../run';
import { compactShape } from '../../tensor';
import type { Finding } from '../arrive';
import { madeAt, operationAt } from '../ground';
import type {
  Breakpoints,
  DataBreakpoint,
  ExceptionFilter,
  LayerBreakpoint,
  LogLine,
  Position,
} from '../session';
import { arrayEvent } from './arrayEvents';
import { findException } from './exceptions';
import { meetsHitCondition } from './hitCondition';

/** What was found where a session came past. */
export interface Visit {
  /** Why to stop here, if there is a reason. */
  readonly finding?: Finding;
  readonly logs: readonly LogLine[];
}

/** What makes a session stop where it comes past. */
export interface Stops {
  readonly set: (breakpoints: Breakpoints) => void;
  /** Whether an operation has to be visited on the way. */
  readonly visits: (operation: Position) => boolean;
  /** Whether an exception filter is on. */
  readonly catches: (filter: ExceptionFilter) => boolean;
  /** Looks at a position that has been reached; the other way round nothing is made, so only breakpoints count. @throws CancelledError */
  visit(position: Position, reversed: boolean, signal?: AbortSignal): Promise<Visit>;
}

/** Reads expressions where a session has come to. */
export interface Reader {
  /** Whether a condition holds. @throws ExpressionError, CancelledError */
  holds(condition: string, position: Position, signal?: AbortSignal): Promise<boolean>;
  /** A log message with its {expressions} replaced. @throws CancelledError */
  fill(message: string, position: Position, signal?: AbortSignal): Promise<string>;
}

/** Reasons to stop, the one that counts first. */
const PRECEDENCE = ['exception', 'data breakpoint', 'breakpoint', 'function breakpoint'] as const;

interface Reason {
  readonly reason: (typeof PRECEDENCE)[number];
  readonly text?: string;
  /** Of the breakpoint. */
  readonly id?: number;
}

/** @param runOf the run as it is now: an attribute that is changed makes another */
export function createStops(runOf: () => NetworkRun, reader: Reader): Stops {
  let breakpoints: Breakpoints = { layers: [], functions: [], data: [], exceptions: ['shape'] };
  /** How often each breakpoint has been reached with its condition met, by its id. */
  const reached = new Map<number, number>();
  /** The shape each watched array had when it was last made. */
  const shapes = new Map<string, string>();

  /** The reason that a breakpoint is, if its conditions are met. One that cannot be read is a reason too, and says why. */
  const reasonOf = async (
    reason: Reason['reason'],
    { id, condition, hitCondition }: Pick<LayerBreakpoint, 'id' | 'condition' | 'hitCondition'>,
    position: Position,
    signal?: AbortSignal,
  ): Promise<Reason | undefined> => {
    try {
      if (condition && !(await reader.holds(condition, position, signal))) return undefined;
      const hits = (reached.get(id) ?? 0) + 1;
      reached.set(id, hits);
      return !hitCondition || meetsHitCondition(hitCondition, hits) ? { reason, id } : undefined;
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      return { reason, id, text: `the condition cannot be read: ${messageOf(error)}` };
    }
  };

  const dataEvent = async (
    breakpoint: DataBreakpoint,
    position: Position,
    signal?: AbortSignal,
  ): Promise<string | undefined> => {
    const source = madeAt(runOf(), breakpoint.array, position);
    if (!source) return undefined;
    const text = await arrayEvent(breakpoint, source, shapes.get(breakpoint.array), signal);
    shapes.set(breakpoint.array, compactShape(source.shape));
    return text;
  };

  return {
    set: wanted => {
      breakpoints = wanted;
    },
    visits: operation => {
      const name = operationAt(runOf(), operation)?.operation;
      return breakpoints.functions.some(breakpoint => breakpoint.name === name);
    },
    catches: filter => breakpoints.exceptions.includes(filter),
    async visit(position, reversed, signal) {
      const run = runOf();
      const operation = operationAt(run, position);
      const layer = run.network.layers.at(Math.max(position.layer, 0));
      const names = operation
        ? [operation.operation]
        : position.layer < 0
          ? ['input']
          : [layer?.name, layer?.type];
      const reasons: (Reason | undefined)[] = [];
      const logs: LogLine[] = [];
      for (const breakpoint of breakpoints.functions) {
        if (names.includes(breakpoint.name))
          reasons.push(await reasonOf('function breakpoint', breakpoint, position, signal));
      }
      if (!operation) {
        for (const breakpoint of breakpoints.layers) {
          if (breakpoint.layer !== position.layer) continue;
          const reason = await reasonOf('breakpoint', breakpoint, position, signal);
          const { logMessage } = breakpoint;
          if (!logMessage || reason?.text) reasons.push(reason);
          else if (reason) {
            const { layer, direction } = position;
            logs.push({ layer, direction, reversed, text: await reader.fill(logMessage, position, signal) });
          }
        }
        if (!reversed) {
          for (const breakpoint of breakpoints.data) {
            const text = await dataEvent(breakpoint, position, signal);
            if (text) reasons.push({ reason: 'data breakpoint', text, id: breakpoint.id });
          }
          for (const filter of breakpoints.exceptions) {
            const text = await findException(filter, run, position, signal);
            if (text) reasons.push({ reason: 'exception', text });
          }
        }
      }
      return { finding: strongest(reasons.filter(reason => reason !== undefined)), logs };
    },
  };
}

/** One stop for all the reasons there are. */
function strongest(reasons: readonly Reason[]): Finding | undefined {
  const reason = PRECEDENCE.find(candidate => reasons.some(other => other.reason === candidate));
  if (!reason) return undefined;
  const texts = reasons.flatMap(other => (other.reason === reason && other.text ? [other.text] : []));
  const hits = reasons.flatMap(({ id }) => (id === undefined ? [] : [id]));
  return { reason, text: texts.length > 0 ? texts.join('\n') : undefined, hits };
}
