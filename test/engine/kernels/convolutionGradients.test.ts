import fc from 'fast-check';
import { convolutionGeometry, type DType, type Tensor, type WindowGeometry } from '../../../engine';
import { finish, reference, type Kernels } from '../../../engine/kernels';
import { assertTensor, random, randomNumbers } from '../support/arrays';
import { assertClose } from './support/closeness';
import { CONVOLUTIONS } from './support/convolutions';
import { wasmKernels } from './support/kernelSets';
import { axes, tensorOf } from './support/windows';

interface Operands {
  readonly x: Tensor;
  readonly W: Tensor;
  readonly dout: Tensor;
}

/** dW, db and dx. */
function gradients(kernels: Kernels, geometry: WindowGeometry, { x, W, dout }: Operands): Tensor[] {
  return [
    finish(kernels.weightGradient(dout, x, geometry)),
    finish(kernels.biasGradient(dout)),
    finish(kernels.convolutionInputGradient(dout, W, geometry)),
  ];
}

function assertSame(
  kernels: Kernels,
  geometry: WindowGeometry,
  operands: Operands,
  expected = gradients(reference, geometry, operands),
): void {
  gradients(kernels, geometry, operands).forEach((tensor, i) => assertTensor(tensor, expected[i]));
}

function operandsOf(
  { N, C, FN, groups, vertical, horizontal }: WindowGeometry,
  make: (shape: number[], seed: number) => Tensor,
): Operands {
  return {
    x: make([N, C, vertical.size, horizontal.size], 1),
    W: make([FN, C / groups, vertical.window, horizontal.window], 2),
    dout: make([N, FN, vertical.out, horizontal.out], 3),
  };
}

const convolutions = fc
  .record({
    N: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 6 }),
    vertical: axes('H', fc.constant(false)),
    horizontal: axes('W', fc.constant(false)),
  })
  .map(({ N, groups, channels, filters, vertical, horizontal }): WindowGeometry => ({
    N,
    C: groups * channels,
    FN: groups * filters,
    groups,
    vertical: { ...vertical, ceil: false },
    horizontal: { ...horizontal, ceil: false },
  }));

/** More than the kernels take at a time: many samples, many pixels, and a row of many. */
const LARGE: typeof CONVOLUTIONS = [
  [[120, 4, 32, 32], [9, 4, 3, 3], { pad: 1 }],
  [[1, 2, 900, 700], [2, 1, 3, 3], { pad: 1, groups: 2, stride: [1, 2] }],
  [[130, 8, 30, 27], [8, 8, 3, 3], { pad: 1 }],
  [[1, 1, 1, 150_001], [3, 1, 1, 41], { pad: [0, 13], stride: [1, 3], dilation: [1, 2] }],
];

describe('gradients of a convolution in WebAssembly', () => {
  for (const kernels of wasmKernels('exact')) {
    it(`gives the bits of the reference over any windows: ${kernels.set}`, () => {
      fc.assert(
        fc.property(
          convolutions,
          fc.constantFrom<DType>('float32', 'float64'),
          fc.boolean(),
          fc.nat(),
          (geometry, dtype, isAwkward, seed) => {
            const next = randomNumbers(seed);
            assertSame(
              kernels,
              geometry,
              operandsOf(geometry, shape => tensorOf(shape, dtype, isAwkward, next)),
            );
          },
        ),
        { numRuns: 200 },
      );
    });
  }

  for (const [xShape, WShape, options] of [...CONVOLUTIONS, ...LARGE]) {
    const geometry = convolutionGeometry(xShape, WShape, options);
    const name = `${xShape.join('×')} * ${WShape.join('×')} ${JSON.stringify(options)}`;
    it(`are the bits of the reference, and close to them if fast: ${name}`, () => {
      const operands = operandsOf(geometry, (shape, seed) => random(shape, seed, 'float32'));
      const exact = gradients(reference, geometry, operands);
      for (const kernels of wasmKernels('exact')) assertSame(kernels, geometry, operands, exact);
      for (const kernels of [...wasmKernels('fast'), ...wasmKernels('fast', false)])
        gradients(kernels, geometry, operands).forEach((tensor, gradient) => {
          assertClose(tensor, exact[gradient]);
        });
    });
  }
});
