import { sizeOf, statsOf, Tensor, tensorSource, type ArraySource } from '../../../engine';
import type { ArraySketch } from '../../../webview/protocol';
import { sampleRegions } from './sampleRegions';

/** Elements that are looked at all of them: a list shows some 40 arrays at once, and opens in a moment. */
const MAX_WHOLE = 1 << 16;
/** Of larger arrays, this many blocks of this many elements. */
const BLOCKS = 16;
const BLOCK_SIZE = 1 << 10;

/** Bins of a histogram that is as wide as a word. */
const BINS = 32;

/** An array at a glance: all of a small one, an even sample of a large one. @throws FormatError, CancelledError */
export async function sketchOf(source: ArraySource, signal: AbortSignal): Promise<ArraySketch> {
  const isSmall = sizeOf(source.shape) <= MAX_WHOLE;
  const stats = await statsOf(isSmall ? source : await sampleOf(source, signal), { bins: BINS, signal });
  const { count: seen, histogram, min, max, zeros, nan, posInf, negInf } = stats;
  return { histogram, min, max, zeros, nan, posInf, negInf, seen };
}

/** An even sample of a large array, read whole: its values as one vector. */
export async function sampleOf(source: ArraySource, signal: AbortSignal): Promise<ArraySource> {
  const regions = sampleRegions(source.shape, BLOCKS, BLOCK_SIZE);
  const sample = new Float64Array(BLOCKS * BLOCK_SIZE);
  let filled = 0;
  for (const region of regions) {
    const block = await source.read(region, signal);
    sample.set(block.numbers(), filled);
    filled += block.size;
  }
  return tensorSource(source.name, Tensor.wrap(sample.subarray(0, filled), [filled], 'float64'));
}
