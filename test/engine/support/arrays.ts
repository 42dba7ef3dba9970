import assert from 'node:assert/strict';
import { Tensor, wholeRegion, type DType, type Shape, type Trace } from '../../../engine';

/** 0, 1, 2 … of the shape, float64 unless said otherwise. */
export function arange(shape: Shape, dtype: DType = 'float64'): Tensor {
  return Tensor.arange(shape, dtype);
}

/** Every element the same, float64. */
export function full(shape: Shape, value: number): Tensor {
  return Tensor.full(shape, value, 'float64');
}

/** A tensor of nested lists, float64. */
export function nested(value: Nested): Tensor {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  return Tensor.from(leaves(value), shape, 'float64');
}

/** A number, or a list of such lists. */
export type Nested = number | Nested[];

const leaves = (value: Nested): number[] => (Array.isArray(value) ? value.flatMap(leaves) : [value]);

/** Asserts shape and values. */
export function assertTensor(actual: Tensor | undefined, expected: Nested | Tensor): void {
  const wanted = expected instanceof Tensor ? expected : nested(expected);
  assert.ok(actual);
  assert.deepEqual(actual.shape, wanted.shape);
  const [values, others] = [actual.numbers(), wanted.numbers()];
  if (areSame(values, others)) return;
  assert.deepEqual(Array.from(values), Array.from(others)); // says where, but takes long for many
}

function areSame(values: ArrayLike<number>, others: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Object.is(values[i], others[i])) return false;
  return values.length === others.length;
}

/** All of an array of a trace. */
export async function readAll(trace: Trace, name: string): Promise<Tensor> {
  const array = trace.arrays.get(name);
  assert.ok(array, `the trace has no array ${name}`);
  return array.source.read(wholeRegion(array.source.shape));
}

/** Seeded numbers in [−1, 1): a linear congruential generator (Numerical Recipes). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** A seeded random tensor. */
export function random(shape: Shape, seed: number, dtype: DType = 'float64'): Tensor {
  const next = randomNumbers(seed);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const values = new Float64Array(size);
  for (let i = 0; i < size; i++) values[i] = next();
  return Tensor.from(values, shape, dtype);
}
