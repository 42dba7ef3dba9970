import type { Position, Step } from '../../engine';
import type { SessionState, TraceSummary } from '../protocol';

/** The first position of a session. */
export const INPUT_POSITION: Position = { direction: 'forward', layer: -1 };

/** How many steps a trace has forward; they stand before those backward. */
function forwardSteps({ steps }: TraceSummary): number {
  return steps.filter(({ direction }) => direction === 'forward').length;
}

/** Position in the trace's steps of the operation that a session's position is on; undefined at layer level. */
export function stepOf(trace: TraceSummary, { direction, operation }: Position): number | undefined {
  if (operation === undefined) return undefined;
  return direction === 'forward' ? operation : forwardSteps(trace) + operation;
}

/** The session's position on a step of a layer's trace. */
export function positionOf(trace: TraceSummary, layer: number, step: number): Position {
  const { direction }: Step = trace.steps[step];
  const operation = direction === 'forward' ? step : step - forwardSteps(trace);
  return { direction, layer, operation };
}

/** The layer whose pictures are shown: where the session stands, or what goes into a layer that does not fit. */
export function shownLayer({ layers, position }: SessionState): number {
  const { layer } = position;
  if (layer < 0 || layers[layer].out) return layer;
  const inputs = layers[layer].from.map(name => layers.findIndex(candidate => candidate.name === name));
  return inputs.at(-1) ?? -1;
}

/** Whether nothing lies before, or beyond, where the session stands. */
export function isAtStart({ layer, operation }: Position): boolean {
  return layer < 0 && operation === undefined;
}

export function isAtEnd({ layers, backward, position }: SessionState): boolean {
  if (position.operation !== undefined) return false;
  return backward
    ? position.direction === 'backward' && position.layer === 0
    : position.layer === layers.length - 1;
}
