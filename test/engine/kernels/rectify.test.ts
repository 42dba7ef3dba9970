import type { DType } from '../../../engine';
import { finish, reference } from '../../../engine/kernels';
import { assertTensor, randomNumbers } from '../support/arrays';
import { wasmKernels } from './support/kernelSets';
import { tensorOf } from './support/windows';

describe('ReLU in WebAssembly', () => {
  for (const kernels of wasmKernels('exact')) {
    for (const dtype of ['float32', 'float64'] as DType[]) {
      it(`gives the bits of the reference, forward and backward: ${kernels.set}, ${dtype}`, () => {
        const next = randomNumbers(1);
        // Below and above a vector, a tile and a strip.
        for (const size of [0, 1, 3, 4, 5, 7, 32_769, 262_147])
          for (const slope of [undefined, 0.01]) {
            const x = tensorOf([size], dtype, true, next);
            const dout = tensorOf([size], dtype, true, next);
            for (const through of [x, dout])
              assertTensor(
                finish(kernels.rectify(x, through, slope)),
                finish(reference.rectify(x, through, slope)),
              );
          }
      });
    }
  }
});
