import fc from 'fast-check';
import {
  spatialAxis,
  Tensor,
  windowSpan,
  type DType,
  type Shape,
  type SpatialAxis,
} from '../../../../engine';

/** Windows along an axis with any stride, padding on each side and dilation; also such as lie wholly in the padding. */
export function axes(letter: 'H' | 'W', ceil: fc.Arbitrary<boolean>): fc.Arbitrary<SpatialAxis> {
  return fc
    .record({
      window: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 4 }),
      before: fc.nat(4),
      after: fc.nat(4),
      dilation: fc.integer({ min: 1, max: 3 }),
      ceil,
      beyond: fc.nat(20),
    })
    .map(({ beyond, ...axis }) => {
      const size = Math.max(1, windowSpan(axis) - axis.before - axis.after + beyond);
      return spatialAxis('test', letter, { size, ...axis });
    });
}

/** Numbers among which there are ties, and those that arithmetic treats in its own way. */
const AWKWARD = [0, -0, 1, 1, 1, -1, 0.1, -0.1, 3e-40, Infinity, -Infinity, NaN];

/** A tensor of seeded numbers, mostly awkward ones or none of those. */
export function tensorOf(shape: Shape, dtype: DType, isAwkward: boolean, next: () => number): Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const number = (): number => {
    const value = next();
    return isAwkward && value < 0.5 ? AWKWARD[Math.floor((value + 1) * 8)] : value;
  };
  return Tensor.from(Array.from({ length: size }, number), shape, dtype);
}
