import {
  compactShape,
  formatFloat,
  isFloat,
  rangeOf,
  sizeOf,
  slicedSource,
  type ArraySource,
} from '../tensor';
import type { Value } from './session';

/** Arrays up to this size are read as a whole: some 10 ms of work, where each element is computed as it is read. */
const MOST_READ = 1 << 16;
/** Elements of the sample of a larger array, at most. What such an array is made of takes longer to compute. */
const SAMPLE = 1 << 14;

/** What is known of arrays that have been looked at. */
const known = new WeakMap<ArraySource, Promise<string>>();

/**
 * A value in one line. An array as shape, dtype, range of values and mean: `(1,30,24,24) float32 [-1.2, 3.4] mean 0.12`,
 * with `~` where the array is so large that only a sample of it was read, and with the count of NaN and ±Inf where there
 * are any.
 * @throws CancelledError, and whatever reading the array throws
 */
export async function previewOf(value: Value, signal?: AbortSignal): Promise<string> {
  switch (value.kind) {
    case 'array': {
      const { source } = value;
      const text = known.get(source) ?? describeArray(source, signal);
      known.set(source, text);
      // What was given up, or could not be read, is tried again the next time.
      text.catch(() => known.delete(source));
      return text;
    }
    case 'number':
      return value.dtype && isFloat(value.dtype)
        ? formatFloat(value.value, value.dtype)
        : String(value.value);
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'text':
      return value.value;
    case 'tuple': {
      const items: string[] = [];
      for (const item of value.items) items.push(await previewOf(item, signal));
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
  }
}

async function describeArray(source: ArraySource, signal?: AbortSignal): Promise<string> {
  const form = `${compactShape(source.shape)} ${source.dtype}`;
  const size = sizeOf(source.shape);
  if (size === 0) return `${form} empty`;
  const sampled = size > MOST_READ;
  const { min, max, mean, nan, posInf, negInf } = await rangeOf(sampled ? sampleOf(source) : source, signal);
  const about = sampled ? '~' : '';
  const range = Number.isNaN(min)
    ? 'no finite value'
    : `${about}[${short(min)}, ${short(max)}] mean ${about}${short(mean)}`;
  const odd = [
    ...(nan > 0 ? [`${about}${nan} NaN`] : []),
    ...(posInf + negInf > 0 ? [`${about}${posInf + negInf} Inf`] : []),
  ];
  return [`${form} ${range}`, ...odd].join(', ');
}

/** Every k-th position along the longest axes, so that a sample is left that is spread over the array. */
function sampleOf(source: ArraySource): ArraySource {
  const { shape } = source;
  const counts = [...shape];
  while (sizeOf(counts) > SAMPLE) {
    const longest = counts.indexOf(Math.max(...counts));
    counts[longest] = Math.ceil(counts[longest] / 2);
  }
  const region = counts.map((count, axis) => ({ start: 0, count, step: Math.floor(shape[axis] / count) }));
  return slicedSource(source, { region, kept: region.map((_, axis) => axis) }, source.name);
}

/** Four digits, which is what a glance takes in. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
