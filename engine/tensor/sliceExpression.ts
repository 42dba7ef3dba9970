import { IndexError } from '../errors';
import { readTensor, wholeAxis, type Range, type Region } from './arraySource';
import { formatShape, type Shape } from './shape';
import type { Tensor } from './tensor';

/** What a slice expression selects of an array. */
export interface Slice {
  /** One range per axis of the array. */
  readonly region: Region;
  /** The axes that stay: those not given as a single index. */
  readonly kept: readonly number[];
}

/**
 * Reads NumPy's basic slicing: `3, 0`, `:, ::2, 5:10, -1`, `..., 0`, bare or as `[3, 0]` or `W1[3, 0]`.
 * Nothing at all means the whole array. As in Python a slice is cut to its axis, a single index must lie inside it.
 * @throws IndexError that names the axis, or the place in the text
 */
export function parseSlice(text: string, shape: Shape): Slice {
  const items = itemsOf(text);
  const ellipsis = items.indexOf('...');
  if (ellipsis !== items.lastIndexOf('...')) throw new IndexError(`slice '${text}' has more than one '...'`);
  const given = items.length - (ellipsis < 0 ? 0 : 1);
  if (given > shape.length) {
    throw new IndexError(
      `slice '${text}' has ${given} indices, the array ${formatShape(shape)} has ${shape.length} axes`,
    );
  }
  const rest = new Array<string>(shape.length - given).fill(':');
  const perAxis =
    ellipsis < 0 ? [...items, ...rest] : [...items.slice(0, ellipsis), ...rest, ...items.slice(ellipsis + 1)];
  return {
    region: perAxis.map((item, axis) => rangeOf(item, axis, shape)),
    kept: perAxis.flatMap((item, axis) => (item.includes(':') ? [axis] : [])),
  };
}

/**
 * The elements that `text` selects, copied. @throws IndexError
 * @example slice(W1, '3, 0') // filter 3's channel 0, (FH, FW)
 */
export function slice(tensor: Tensor, text: string): Tensor {
  const { region, kept } = parseSlice(text, tensor.shape);
  return readTensor(tensor, region).reshape(kept.map(axis => region[axis].count));
}

/** The shape of what a slice selects. */
export function sliceShape({ region, kept }: Slice): Shape {
  return kept.map(axis => region[axis].count);
}

/** What selecting `inner` of the part that `outer` selects selects of the whole. */
export function composeSlices(outer: Slice, inner: Slice): Slice {
  return {
    region: composeRegions(outer, inner.region),
    kept: inner.kept.map(axis => outer.kept[axis]),
  };
}

/** The region of the whole array that is `wanted` of the part that a slice selects. */
export function composeRegions({ region, kept }: Slice, wanted: Region): Region {
  return region.map((range, axis) => {
    const at = kept.indexOf(axis);
    if (at < 0) return range;
    const { start, count, step } = wanted[at];
    return { start: range.start + start * range.step, count, step: step * range.step };
  });
}

/** The shortest text that {@link parseSlice} reads as this slice: `3, 0`, `:, ::2`, empty for the whole array. */
export function formatSlice({ region, kept }: Slice, shape: Shape): string {
  const items = region.map((range, axis) =>
    kept.includes(axis) ? formatRange(range, shape[axis]) : String(range.start),
  );
  while (items.at(-1) === ':') items.pop();
  return items.join(', ');
}

function formatRange({ start, count, step }: Range, extent: number): string {
  if (count === 0) return extent === 0 ? ':' : '0:0';
  const end = start + count * step; // the first position that is not selected
  if (step > 0) {
    const from = start === 0 ? '' : String(start);
    const to = end >= extent ? '' : String(start + (count - 1) * step + 1);
    return step === 1 ? `${from}:${to}` : `${from}:${to}:${step}`;
  }
  const from = start === extent - 1 ? '' : String(start);
  const to = end < 0 ? '' : String(start + (count - 1) * step - 1);
  return `${from}:${to}:${step}`;
}

/** The text's parts between its commas, without the name and the brackets around them. */
function itemsOf(text: string): string[] {
  const bracketed = /^[^[\]]*\[([^[\]]*)\]$/.exec(text.trim());
  const inside = (bracketed ? bracketed[1] : text).trim();
  if (/[[\]]/.test(inside)) {
    throw new IndexError(`slice '${text}': use one pair of brackets with single indices and slices in it`);
  }
  const items = inside.split(',').map(item => item.trim());
  if (items.at(-1) === '') items.pop(); // `3,` is an index too
  return items;
}

const INDEX = /^[+-]?\d+$/;
const SLICE = /^([+-]?\d+)?\s*:\s*([+-]?\d+)?\s*(?::\s*([+-]?\d+)?)?$/;

function rangeOf(item: string, axis: number, shape: Shape): Range {
  const extent = shape[axis];
  const where = `axis ${axis} of ${formatShape(shape)}`;
  if (INDEX.test(item)) {
    const index = Number(item);
    if (index < -extent || index >= extent) {
      const allowed = extent === 0 ? 'it is empty' : `it has ${-extent}…${extent - 1}`;
      throw new IndexError(`index ${item} is out of range on ${where}: ${allowed}`);
    }
    return { start: index < 0 ? index + extent : index, count: 1, step: 1 };
  }
  const match = SLICE.exec(item);
  if (!match) {
    throw new IndexError(`'${item}' on ${where} is neither an index like 3 nor a slice like 0:10:2`);
  }
  const [start, stop, step] = match.slice(1).map(toInteger);
  if (step === 0) throw new IndexError(`slice '${item}' on ${where} has the step 0`);
  return pythonRange(extent, start, stop, step);
}

/** A number so large that no axis reaches it is as good as the largest. */
function toInteger(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Number(digits)));
}

/** Python's `slice(start, stop, step).indices(extent)`. */
function pythonRange(extent: number, start?: number, stop?: number, step = 1): Range {
  if (start === undefined && stop === undefined && step === 1) return wholeAxis(extent);
  const [lowest, highest] = step > 0 ? [0, extent] : [-1, extent - 1];
  const clamp = (position: number): number =>
    Math.max(lowest, Math.min(highest, position < 0 ? position + extent : position));
  const first = start === undefined ? (step > 0 ? lowest : highest) : clamp(start);
  const end = stop === undefined ? (step > 0 ? highest : lowest) : clamp(stop);
  const count = Math.max(0, Math.ceil((end - first) / step));
  return count === 0 ? { start: 0, count, step: 1 } : { start: first, count, step };
}
