import { IndexError } from '../errors';
import { INPUT } from '../network';
import type { NetworkRun } from '../run';
import { checkIndex, lazySource, sizeOf, type ArraySource } from '../tensor';
import { arrayOf, type Step } from '../trace';
import { layerOf, type Course } from './positions';
import type { Position } from './session';

/** The course over a run: up to the first layer that does not fit, and back only where all of them do. */
export function courseOf(run: NetworkRun, backward: boolean): Course {
  const fits = run.runnable === run.network.layers.length;
  return {
    layers: fits ? run.runnable : run.runnable + 1,
    backward: backward && fits,
    operations: position => stepsAt(run, position).length,
  };
}

/** The steps of the position's layer in its direction; none of the input, nor of a layer that does not fit. */
export function stepsAt(run: NetworkRun, { layer, direction }: Position): readonly Step[] {
  return layer < 0 || layer >= run.runnable ? [] : run.layer(layer).trace[direction];
}

/** The step that a position is on, where it is on one. */
export function operationAt(run: NetworkRun, position: Position): Step | undefined {
  return position.operation === undefined ? undefined : stepsAt(run, position)[position.operation];
}

/** The cell that stepping into an operation leads to: the middle one of its last output, unless that is empty. */
export function middleCell(run: NetworkRun, position: Position): Position['cell'] {
  const name = operationAt(run, position)?.outputs.at(-1);
  if (name === undefined) return undefined;
  const { shape } = arrayOf(run.layer(position.layer).trace, name).source;
  return sizeOf(shape) === 0
    ? undefined
    : { array: name, index: shape.map(extent => Math.floor(extent / 2)), term: 0 };
}

/**
 * @returns the position; of a network that does not fit, nothing lies beyond the first layer at fault
 * @throws IndexError if the network has no such position
 */
export function checkPosition(run: NetworkRun, course: Course, position: Position): Position {
  const { layer, direction, operation, cell } = position;
  const { layers } = run.network;
  const first = direction === 'forward' ? -1 : 0;
  if (!Number.isInteger(layer) || layer < first || layer >= layers.length) {
    throw new IndexError(`there is no layer ${layer}: '${run.network.name}' has ${layers.length}`);
  }
  if (run.runnable < layers.length && (direction === 'backward' || layer >= run.runnable)) {
    return { direction: 'forward', layer: run.runnable };
  }
  if (direction === 'backward' && !course.backward) {
    throw new IndexError('this session does not go backward: start it with backward');
  }
  if (operation === undefined) return layerOf(position);
  const step = operationAt(run, position);
  if (!step) {
    const count = course.operations(position);
    throw new IndexError(
      `${layer < 0 ? 'input' : layers[layer].name} has no operation ${operation}: it has ${count}`,
    );
  }
  if (cell) {
    if (!step.outputs.includes(cell.array)) {
      throw new IndexError(`${step.operation} makes ${step.outputs.join(', ')}, not ${cell.array}`);
    }
    checkIndex(cell.index, arrayOf(run.layer(layer).trace, cell.array).source.shape);
  }
  return position;
}

/** The layer and the array that a name like `conv1.out` means. Layers' names may have dots in them. */
function splitName(name: string): { readonly layer: string; readonly array: string } {
  const dot = name.lastIndexOf('.');
  return { layer: name.slice(0, Math.max(dot, 0)), array: name.slice(dot + 1) };
}

/**
 * The array called `name` (`conv1.col`, `input.out`, `W1`), if it comes to be at the position's layer in its
 * direction: arrays that only the way back knows on the way back, all others before.
 */
export function madeAt(
  run: NetworkRun,
  name: string,
  { layer, direction }: Position,
): ArraySource | undefined {
  if (layer < 0) return [INPUT, `${INPUT}.out`].includes(name) ? lazySource(INPUT, run.input) : undefined;
  const { name: layerName, parameters } = run.network.layers[layer];
  const { trace } = run.layer(layer);
  const wanted = splitName(name);
  const role = Object.keys(parameters).find(key => parameters[key] === name);
  const array = wanted.layer === layerName ? wanted.array : role;
  if (array === undefined) return undefined;
  const forward = trace.forward.some(step => [...step.inputs, ...step.outputs].includes(array));
  return forward === (direction === 'forward') ? trace.arrays.get(array)?.source : undefined;
}
