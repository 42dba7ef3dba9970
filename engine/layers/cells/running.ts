import type { WindowGeometry } from '../../conv';
import { stepper, type Direction, type LayerAction, type Operation, type Step } from '../../trace';
import type { CellArrays } from './definitions';
import type { RunningLayer } from '../runningLayer';

/** An operation with the arrays it takes and those it makes. */
export type Move = readonly [operation: Operation, inputs: readonly string[], outputs: readonly string[]];

/** `move`, where it happens at all. */
export function when(happens: boolean, move: Move): Move[] {
  return happens ? [move] : [];
}

/** What a layer does, once its arrays are there. */
interface Course extends Pick<RunningLayer, 'out' | 'dx'> {
  readonly kind: LayerAction;
  readonly geometry: WindowGeometry;
  readonly forward: readonly Move[];
  readonly backward: readonly Move[];
  readonly dparameters?: RunningLayer['dparameters'];
}

/** The layer of these arrays and operations. */
export function runningLayer(
  name: string,
  { arrays }: CellArrays,
  { kind, geometry, forward, backward, out, dx, dparameters = {} }: Course,
): RunningLayer {
  const step = stepper(name);
  const steps = (direction: Direction, moves: readonly Move[]): Step[] =>
    moves.map(([operation, inputs, outputs]) => step(direction, operation, [...inputs], [...outputs]));
  return {
    trace: {
      info: { name, kind, geometry },
      arrays,
      forward: steps('forward', forward),
      backward: steps('backward', backward),
    },
    out,
    dx,
    dparameters,
  };
}
