import { IndexError } from '../errors';
import { nextTurn } from './nextTurn';
import { bytesInMemory, elementsIn, type DType } from './dtype';
import { formatShape, sizeOf, stridesOf, type Shape } from './shape';
import { copyStrided, Tensor } from './tensor';

/** Positions start, start + step, … (`count` of them) of one axis. `step` may be negative. */
export interface Range {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/** One range per axis. */
export type Region = readonly Range[];

/**
 * An array that can be read region by region: a tensor in memory, in a file, or one that is computed as it is read.
 * Everything that shows, exports or compares arrays knows only this.
 */
export interface ArraySource {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  /** An array of the same elements in another order that is read faster: all the same where order does not matter. */
  readonly sameElements?: ArraySource;
  /**
   * The elements of `region`, as a tensor whose shape is the counts.
   * @param memory that the elements may be put into if it is of their size: whoever reads block after block reuses it
   * @throws IndexError, CancelledError
   */
  read(region: Region, signal?: AbortSignal, memory?: ArrayBuffer): Promise<Tensor>;
}

/** The range of all positions of an axis. */
export function wholeAxis(extent: number): Range {
  return { start: 0, count: extent, step: 1 };
}

/** The region that covers `shape`. */
export function wholeRegion(shape: Shape): Region {
  return shape.map(wholeAxis);
}

/** A region of one position on every axis. */
export function cellRegion(index: readonly number[]): Region {
  return index.map(start => ({ start, count: 1, step: 1 }));
}

/** @throws IndexError if `region` has another rank than `shape` or reaches outside it */
export function checkRegion(region: Region, shape: Shape): void {
  if (region.length !== shape.length) {
    throw new IndexError(
      `region has ${region.length} axes, the array ${formatShape(shape)} has ${shape.length}`,
    );
  }
  region.forEach(({ start, count, step }, axis) => {
    const last = start + (count - 1) * step;
    const whole = [start, count, step].every(Number.isInteger) && count >= 0 && step !== 0;
    if (!whole || (count > 0 && (Math.min(start, last) < 0 || Math.max(start, last) >= shape[axis]))) {
      throw new IndexError(
        `region ${start}:${last + step}:${step} is outside axis ${axis} of ${formatShape(shape)}`,
      );
    }
  });
}

/** An array held in memory. */
export function tensorSource(name: string, tensor: Tensor): ArraySource {
  return {
    name,
    dtype: tensor.dtype,
    shape: tensor.shape,
    read: (region, _signal, memory) => Promise.resolve(readTensor(tensor, region, memory)),
  };
}

/** A tensor all of whose elements are yet to be written, in `memory` if it is of their size. */
export function tensorIn(memory: ArrayBuffer | undefined, shape: Shape, dtype: DType): Tensor {
  const bytes = sizeOf(shape) * bytesInMemory(dtype);
  const data = elementsIn(memory?.byteLength === bytes ? memory : new ArrayBuffer(bytes), dtype);
  return Tensor.wrap(data, shape, dtype);
}

/** The elements of `region` of `tensor`, copied, into `memory` if it is of their size. @throws IndexError */
export function readTensor(tensor: Tensor, region: Region, memory?: ArrayBuffer): Tensor {
  checkRegion(region, tensor.shape);
  const counts = region.map(range => range.count);
  const result = tensorIn(memory, counts, tensor.dtype);
  const strides = stridesOf(tensor.shape);
  const offset = region.reduce((sum, { start }, axis) => sum + start * strides[axis], 0);
  const steps = region.map(({ step }, axis) => step * strides[axis]);
  copyStrided(tensor.data, offset, steps, counts, result.data);
  return result;
}

/** Elements computed between two looks at the abort signal and two turns of the event loop: a few milliseconds of work. */
const SLICE = 1 << 16;

/**
 * An array that exists only while it is read: `valueAt` is called for the cells asked for and nothing is kept.
 * @param valueAt the element at an index inside `shape`; the index array is reused between calls
 */
export function virtualSource(
  name: string,
  dtype: DType,
  shape: Shape,
  valueAt: (index: readonly number[]) => number,
): ArraySource {
  return {
    name,
    dtype,
    shape,
    async read(region, signal) {
      checkRegion(region, shape);
      const counts = region.map(range => range.count);
      const size = sizeOf(counts);
      const values = new Float64Array(size);
      const step = new Array<number>(region.length).fill(0);
      const index = region.map(range => range.start);
      for (let flat = 0; flat < size; flat++) {
        if (flat % SLICE === SLICE - 1) await nextTurn(signal);
        values[flat] = valueAt(index);
        for (let axis = region.length - 1; axis >= 0; axis--) {
          index[axis] += region[axis].step;
          if (++step[axis] < counts[axis]) break;
          step[axis] = 0;
          index[axis] = region[axis].start;
        }
      }
      return Tensor.from(values, counts, dtype);
    },
  };
}
