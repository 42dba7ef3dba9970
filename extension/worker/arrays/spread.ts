import {
  histogramOf,
  sizeOf,
  slicedSource,
  wholeRegion,
  type ArraySource,
  type HistogramRange,
  type Region,
} from '../../../engine';
import { LARGE_ARRAY, type Spread } from '../../../webview/protocol';
import { sampleOf } from './sketch';

/** How the values of a part of an array are spread along a scaling, or those of a sample of a large one. */
export async function spreadOf(
  source: ArraySource,
  region: Region = wholeRegion(source.shape),
  { scaling, min, max }: HistogramRange,
  signal: AbortSignal,
): Promise<Spread> {
  const part = slicedSource(source, { region, kept: region.map((_, axis) => axis) }, source.name);
  const isSample = sizeOf(part.shape) > LARGE_ARRAY;
  const seen = isSample ? await sampleOf(part, signal) : part;
  return { ...(await histogramOf(seen, { scaling, min, max }, { signal })), isSample };
}
