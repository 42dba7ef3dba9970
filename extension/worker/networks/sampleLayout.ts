import {
  compactShape,
  isClosed,
  ShapeError,
  sizeOf,
  wholeRegion,
  type OpenShape,
  type Region,
  type Shape,
} from '../../../engine';

/** How an array holds samples of a network's input. */
export interface SampleLayout {
  /** Samples in the array. */
  readonly samples: number;
  /** Axes of one sample as the network takes it, e.g. (1, 28, 28). */
  readonly sample: Shape;
  /** Whether the array's first axis counts samples. */
  readonly batched: boolean;
}

/**
 * How an array of `shape` holds samples of the form (N, …), if it does. The first axis counts samples unless the array
 * is one. Axes of extent 1 may be missing, and a sample may lie there as one row; it is never permuted.
 */
export function sampleLayout(shape: Shape, form: OpenShape): SampleLayout | undefined {
  const sampleForm = form.slice(1);
  const batch = (sample: Shape): SampleLayout => ({ samples: shape[0], sample, batched: true });
  const single = (sample: Shape): SampleLayout => ({ samples: 1, sample, batched: false });
  const rest = shape.slice(1);
  if (shape.length > 0 && fits(rest, sampleForm)) return batch(rest);
  if (fits(shape, sampleForm)) return single(shape);
  if (!isClosed(sampleForm)) return undefined;
  const holds = (extents: Shape): boolean =>
    withoutOnes(extents).join() === withoutOnes(sampleForm).join() ||
    (extents.length === 1 && extents[0] === sizeOf(sampleForm));
  if (holds(shape)) return single(sampleForm);
  return shape.length > 0 && holds(rest) ? batch(sampleForm) : undefined;
}

/**
 * The region of `count` samples from `first` on.
 * @param name of the array, for the error
 * @throws ShapeError if there are not so many
 */
export function sampleRegion(
  name: string,
  shape: Shape,
  { samples, batched }: Pick<SampleLayout, 'samples' | 'batched'>,
  first: number,
  count: number,
): Region {
  if (first + count > samples) {
    const wanted = count === 1 ? `sample ${first}` : `samples ${first}…${first + count - 1}`;
    const there = samples === 1 ? 'holds one sample' : `has the samples 0…${samples - 1}`;
    throw new ShapeError(`${name}: ${wanted} cannot be taken: ${compactShape(shape)} ${there}`);
  }
  return wholeRegion(shape).map((range, axis) =>
    batched && axis === 0 ? { start: first, count, step: 1 } : range,
  );
}

function fits(shape: Shape, form: OpenShape): boolean {
  return (
    shape.length === form.length &&
    form.every((extent, axis) => typeof extent === 'string' || extent === shape[axis])
  );
}

function withoutOnes(shape: Shape): Shape {
  return shape.filter(extent => extent !== 1);
}
