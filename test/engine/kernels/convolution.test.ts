import assert from 'node:assert/strict';
import { convolutionGeometry, type ConvolutionOptions, type DType, type Shape } from '../../../engine';
import { finish, reference } from '../../../engine/kernels';
import { assertTensor, random } from '../support/arrays';
import { wasmKernels } from './support/kernelSets';

/** Shapes of x and W, and how the windows move. */
const CASES: readonly (readonly [x: Shape, W: Shape, options?: ConvolutionOptions])[] = [
  [
    [1, 1, 1, 1],
    [1, 1, 1, 1],
  ],
  [
    [1, 1, 5, 5],
    [1, 1, 3, 3],
  ],
  [
    [2, 3, 7, 11],
    [5, 3, 3, 2],
  ],
  [
    [3, 2, 28, 28],
    [30, 2, 5, 5],
  ],
  [[1, 3, 14, 14], [4, 3, 3, 3], { pad: 1 }],
  [[1, 5, 7, 7], [9, 5, 3, 3], { pad: 1 }],
  [
    [2, 13, 9, 8],
    [7, 13, 1, 1],
  ],
  [[2, 13, 9, 8], [7, 13, 1, 1], { stride: 2 }],
  [[1, 3, 23, 29], [8, 3, 7, 7], { stride: 2, pad: 3 }],
  [[1, 2, 17, 19], [3, 2, 3, 3], { stride: [3, 5], pad: [0, 1, 2, 3] }],
  [[1, 2, 17, 19], [3, 2, 3, 3], { dilation: [2, 3], pad: [2, 3] }],
  [[1, 2, 17, 19], [3, 2, 3, 4], { dilation: [3, 3], stride: [2, 2], pad: 4 }],
  [[2, 8, 6, 6], [12, 2, 3, 3], { groups: 4, pad: 1 }],
  [[2, 6, 13, 17], [6, 1, 3, 3], { groups: 6, pad: 1 }],
  [[1, 4, 13, 17], [12, 1, 3, 3], { groups: 4, stride: 2, pad: 1 }],
  [[1, 1, 3, 3], [2, 1, 2, 2], { pad: 5 }],
  [
    [1, 1, 1, 997],
    [3, 1, 1, 5],
  ],
  [
    [1, 1, 997, 1],
    [3, 1, 5, 1],
  ],
  [
    [1, 131, 3, 3],
    [2, 131, 3, 3],
  ],
  [
    [0, 2, 5, 5],
    [3, 2, 3, 3],
  ],
];

describe('convolution in WebAssembly', () => {
  for (const [xShape, WShape, options = {}] of CASES) {
    const name = `${xShape.join('×')} * ${WShape.join('×')} ${JSON.stringify(options)}`;
    const operands = (dtype: DType) =>
      [random(xShape, 1, dtype), random(WShape, 2, dtype), random([WShape[0]], 3, dtype)] as const;

    for (const kernels of wasmKernels('exact')) {
      for (const dtype of ['float32', 'float64'] as const) {
        it(`gives the bits of the reference: ${kernels.set}, ${dtype}, ${name}`, () => {
          const [x, W, b] = operands(dtype);
          const geometry = convolutionGeometry(xShape, WShape, options);
          for (const bias of [b, null])
            assertTensor(
              finish(kernels.convolve(x, W, bias, geometry)),
              finish(reference.convolve(x, W, bias, geometry)),
            );
        });
      }
    }

    for (const kernels of wasmKernels('fast')) {
      it(`is close to the sums in float64: ${kernels.set}, fast, ${name}`, () => {
        const [x, W, b] = operands('float32');
        const geometry = convolutionGeometry(xShape, WShape, options);
        const wide = [x, W, b].map(tensor => tensor.astype('float64'));
        const fast = finish(kernels.convolve(x, W, b, geometry)).numbers();
        const exact = finish(reference.convolve(wide[0], wide[1], wide[2], geometry)).numbers();
        const scale = Math.max(...Array.from(exact, Math.abs));
        for (let i = 0; i < exact.length; i++) assert.ok(Math.abs(fast[i] - exact[i]) <= 1e-4 * scale);
      });
    }
  }
});
