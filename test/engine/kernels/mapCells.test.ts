import assert from 'node:assert/strict';
import { Tensor, type DType } from '../../../engine';
import { finish, reference, type CellFunction, type Factors } from '../../../engine/kernels';
import { assertTensor, randomNumbers } from '../support/arrays';
import { wasmKernels } from './support/kernelSets';
import { tensorOf } from './support/windows';

/** How many factors each function has. */
const FUNCTIONS: Readonly<Record<CellFunction, number>> = {
  rectify: 0,
  rectifyLeakily: 1,
  sigmoid: 0,
  sigmoidGradient: 0,
  tanh: 0,
  tanhGradient: 0,
  scale: 1,
  standardise: 2,
  normalise: 4,
  normaliseGradient: 2,
  expBelow: 1,
  divide: 1,
  softmaxGradient: 1,
};

/** Positions, how many of them share factors, and how many factors there are. */
const SIZES: readonly (readonly [size: number, run: number, sets: number])[] = [
  [0, 1, 1],
  [1, Infinity, 1],
  [7, Infinity, 1],
  [60, 1, 5],
  [60, 3, 5],
  [60, 5, 3],
  [2 * 3 * 49, 49, 3],
  // Below and above a tile and a strip; runs go on from one to the next.
  [32_769, Infinity, 1],
  [3 * 5 * 8737, 8737, 5],
  [2 * 2 * 40_009, 40_009, 2],
];

describe('functions of cells in WebAssembly', () => {
  for (const kernels of wasmKernels('exact'))
    for (const dtype of ['float32', 'float64'] as DType[])
      for (const [name, count] of Object.entries(FUNCTIONS) as [CellFunction, number][])
        it(`give the bits of the reference: ${name}, ${kernels.set}, ${dtype}`, () => {
          const next = randomNumbers(1);
          for (const isAwkward of [true, false])
            for (const [size, run, sets] of SIZES) {
              const tensor = (length: number): Tensor => tensorOf([length], dtype, isAwkward, next);
              const [a, b] = [tensor(size), tensor(size)];
              const values = Array.from({ length: count }, () => tensor(sets).numbers());
              const factors: Factors | undefined = count > 0 ? { run, values } : undefined;
              for (const operands of [[a], [a, b]])
                assertTensor(
                  finish(kernels.mapCells(name, operands, factors)),
                  finish(reference.mapCells(name, operands, factors)),
                );
            }
        });

  for (const arithmetic of ['exact', 'fast'] as const)
    for (const kernels of wasmKernels(arithmetic)) {
      for (const dtype of ['float32', 'float64'] as const)
        it(`add what the reference adds: ${kernels.set}, ${arithmetic}, ${dtype}`, () => {
          const next = randomNumbers(1);
          for (const count of [1, 2, 3])
            for (const size of [0, 1, 5, 32_769, 131_077]) {
              const summands = Array.from({ length: count }, () => tensorOf([size], dtype, true, next));
              assertTensor(finish(kernels.add(summands, dtype)), finish(reference.add(summands, dtype)));
            }
        });

      it(`converts what it adds: ${kernels.set}, ${arithmetic}`, () => {
        const summands = [
          Tensor.from([1, 2, 255], [3], 'uint8'),
          Tensor.from([0.5, 0.25, 1], [3], 'float64'),
        ];
        assertTensor(finish(kernels.add(summands, 'float32')), Tensor.from([1.5, 2.25, 256], [3]));
      });
    }

  for (const kernels of wasmKernels('fast'))
    for (const [name, count] of Object.entries(FUNCTIONS) as [CellFunction, number][])
      it(`are close to the reference in fast arithmetic: ${name}, ${kernels.set}`, () => {
        const next = randomNumbers(1);
        const tensor = (length: number): Tensor => tensorOf([length], 'float32', false, next);
        const operands = [tensor(1000), tensor(1000)];
        // Divisors are not near 0, where a small difference is a large one.
        const values = Array.from({ length: count }, () =>
          tensor(10)
            .numbers()
            .map(value => 1.5 + value),
        );
        const factors: Factors | undefined = count > 0 ? { run: 100, values } : undefined;
        const found = finish(kernels.mapCells(name, operands, factors)).numbers();
        finish(
          reference.mapCells(
            name,
            operands.map(one => one.astype('float64')),
            factors,
          ),
        )
          .numbers()
          .forEach((value, i) =>
            assert.ok(Math.abs(found[i] - value) <= 1e-6 * Math.max(1, Math.abs(value))),
          );
      });
});
