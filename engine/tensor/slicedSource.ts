import { checkRegion, type ArraySource } from './arraySource';
import type { Slice } from './sliceExpression';

/**
 * The part of an array that a slice selects, as an array of its own: read by regions, never held.
 * @param name of the part, e.g. `W1[3, 0]`
 */
export function slicedSource(source: ArraySource, { region, kept }: Slice, name: string): ArraySource {
  const shape = kept.map(axis => region[axis].count);
  return {
    name,
    dtype: source.dtype,
    shape,
    async read(wanted, signal) {
      checkRegion(wanted, shape);
      const whole = region.map((range, axis) => {
        const at = kept.indexOf(axis);
        if (at < 0) return range;
        const { start, count, step } = wanted[at];
        return { start: range.start + start * range.step, count, step: step * range.step };
      });
      const tensor = await source.read(whole, signal);
      return tensor.reshape(wanted.map(({ count }) => count));
    },
  };
}
