import { checkRegion, type ArraySource } from './arraySource';
import { composeRegions, sliceShape, type Slice } from './sliceExpression';

/**
 * The part of an array that a slice selects, as an array of its own: read by regions, never held.
 * @param name of the part, e.g. `W1[3, 0]`
 */
export function slicedSource(source: ArraySource, slice: Slice, name: string): ArraySource {
  const shape = sliceShape(slice);
  return {
    name,
    dtype: source.dtype,
    shape,
    async read(wanted, signal, memory) {
      checkRegion(wanted, shape);
      const tensor = await source.read(composeRegions(slice, wanted), signal, memory);
      return tensor.reshape(wanted.map(({ count }) => count));
    },
  };
}
