import fc from 'fast-check';
import { spatialAxis, type DType, type Tensor, type WindowGeometry } from '../../../engine';
import { finish, reference, type Kernels } from '../../../engine/kernels';
import { assertTensor, randomNumbers } from '../support/arrays';
import { wasmKernels } from './support/kernelSets';
import { axes, tensorOf } from './support/windows';

const poolings = fc
  .record({
    N: fc.integer({ min: 1, max: 3 }),
    C: fc.integer({ min: 1, max: 18 }),
    vertical: axes('H', fc.boolean()),
    horizontal: axes('W', fc.boolean()),
  })
  .map(({ C, ...rest }): WindowGeometry => ({ ...rest, C, FN: C, groups: C }));

interface Case {
  readonly geometry: WindowGeometry;
  readonly dtype: DType;
  readonly isAwkward: boolean;
  readonly countIncludePad: boolean;
  readonly seed: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  geometry: poolings,
  dtype: fc.constantFrom('float32', 'float64'),
  isAwkward: fc.boolean(),
  countIncludePad: fc.boolean(),
  seed: fc.nat(),
});

/** All that kernels make of a pooling. */
function poolAll(
  kernels: Kernels,
  geometry: WindowGeometry,
  x: Tensor,
  dout: Tensor,
  countIncludePad: boolean,
): Tensor[] {
  const { out, argMax } = finish(kernels.maxPool(x, geometry));
  return [
    out,
    argMax,
    finish(kernels.averagePool(x, geometry, countIncludePad)),
    finish(kernels.maxInputGradient(dout, argMax, geometry)),
    finish(kernels.averageInputGradient(dout, geometry, countIncludePad)),
  ];
}

/** Windows that share rows with others above and below them. */
const OVERLAPPING = { window: 3, stride: 2, before: 2, after: 1, dilation: 2, ceil: false };

describe('pooling in WebAssembly', () => {
  const assertSame = (
    kernels: Kernels,
    { geometry, dtype, isAwkward, countIncludePad, seed }: Case,
  ): void => {
    const { N, C, vertical, horizontal } = geometry;
    const next = randomNumbers(seed);
    const x = tensorOf([N, C, vertical.size, horizontal.size], dtype, isAwkward, next);
    const dout = tensorOf([N, C, vertical.out, horizontal.out], dtype, isAwkward, next);
    const expected = poolAll(reference, geometry, x, dout, countIncludePad);
    poolAll(kernels, geometry, x, dout, countIncludePad).forEach((tensor, i) =>
      assertTensor(tensor, expected[i]),
    );
  };

  for (const kernels of wasmKernels('exact')) {
    it(`gives the bits of the reference over any windows: ${kernels.set}`, () => {
      fc.assert(
        fc.property(cases, one => assertSame(kernels, one)),
        { numRuns: 300 },
      );
    });

    it(`does so for planes that come in parts of their rows: ${kernels.set}`, () => {
      const vertical = spatialAxis('test', 'H', { ...OVERLAPPING, size: 1201 });
      const horizontal = spatialAxis('test', 'W', { ...OVERLAPPING, size: 901 });
      const geometry = { N: 1, C: 2, FN: 2, groups: 2, vertical, horizontal };
      assertSame(kernels, { geometry, dtype: 'float32', isAwkward: true, countIncludePad: true, seed: 1 });
    });

    it(`does so for more planes than it takes at a time: ${kernels.set}`, () => {
      const axis = { size: 64, window: 3, stride: 2, before: 1, after: 1, dilation: 1, out: 32, ceil: false };
      const geometry = { N: 3, C: 101, FN: 101, groups: 101, vertical: axis, horizontal: axis };
      assertSame(kernels, { geometry, dtype: 'float32', isAwkward: true, countIncludePad: false, seed: 1 });
    });
  }
});
