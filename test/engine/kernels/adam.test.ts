import assert from 'node:assert/strict';
import { Tensor, type DType } from '../../../engine';
import { finish, reference, type AdamState, type Kernels } from '../../../engine/kernels';
import { assertTensor, randomNumbers } from '../support/arrays';
import { wasmKernels } from './support/kernelSets';
import { tensorOf } from './support/windows';

const FACTORS = { step: 0.01, meanShare: 0.1, squareShare: 0.001, epsilon: 1e-7 };

/** Below and above a vector, a tile and a strip. */
const SIZES = [0, 1, 3, 4, 5, 7, 32_769, 131_077];

/** What a few steps make of seeded numbers. */
function train(kernels: Kernels, size: number, dtype: DType, isAwkward: boolean): Tensor[] {
  const next = randomNumbers(1);
  const state: AdamState = {
    values: tensorOf([size], dtype, isAwkward, next),
    means: Tensor.zeros([size], dtype),
    squares: Tensor.zeros([size], dtype),
  };
  for (let step = 0; step < 3; step++)
    finish(kernels.adam(state, tensorOf([size], dtype, isAwkward, next), FACTORS));
  return [state.values, state.means, state.squares];
}

describe('Adam in WebAssembly', () => {
  for (const kernels of wasmKernels('exact')) {
    for (const dtype of ['float32', 'float64'] as const) {
      it(`gives the bits of the reference: ${kernels.set}, ${dtype}`, () => {
        for (const size of SIZES)
          for (const isAwkward of [false, true]) {
            const expected = train(reference, size, dtype, isAwkward);
            train(kernels, size, dtype, isAwkward).forEach((tensor, i) => assertTensor(tensor, expected[i]));
          }
      });
    }
  }

  for (const kernels of wasmKernels('fast')) {
    it(`is close to it: ${kernels.set}, fast`, () => {
      for (const size of SIZES) {
        const expected = train(reference, size, 'float64', false);
        train(kernels, size, 'float32', false).forEach((tensor, i) => {
          const wanted = expected[i].numbers();
          tensor.numbers().forEach((value, j) => assert.ok(Math.abs(value - wanted[j]) <= 1e-6));
        });
      }
    });
  }
});
