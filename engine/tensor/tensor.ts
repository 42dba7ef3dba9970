import { ShapeError } from '../errors';
import { allocate, roundTo, type DType, type Numbers, type TensorData } from './dtype';
import { checkIndex, formatShape, ravel, sameShape, sizeOf, stridesOf, type Shape } from './shape';

/** A dense n-dimensional array in C order. The data may be written; shape and dtype never change. */
export class Tensor {
  private constructor(
    readonly data: TensorData,
    readonly shape: Shape,
    readonly dtype: DType,
  ) {}

  /**
   * A tensor with a copy of `data`, converted to `dtype`.
   * @param data `sizeOf(shape)` numbers in C order
   * @throws ShapeError if their count is not that of the shape
   */
  static from(data: ArrayLike<number>, shape: Shape, dtype: DType = 'float32'): Tensor {
    checkLength(data.length, shape);
    const tensor = Tensor.zeros(shape, dtype);
    const round = roundTo(dtype);
    if (tensor.data instanceof BigInt64Array || tensor.data instanceof BigUint64Array) {
      // NaN and ±Inf become 0, as the smaller typed arrays make them.
      for (let i = 0; i < data.length; i++)
        tensor.data[i] = Number.isFinite(data[i]) ? BigInt(Math.trunc(data[i])) : 0n;
    } else {
      for (let i = 0; i < data.length; i++) tensor.data[i] = round(data[i]);
    }
    return tensor;
  }

  /**
   * A tensor over `data` itself, without a copy.
   * @param data elements in C order, in the array that `dtype` is held in
   * @throws ShapeError if their count is not that of the shape
   */
  static wrap(data: TensorData, shape: Shape, dtype: DType): Tensor {
    checkLength(data.length, shape);
    return new Tensor(data, [...shape], dtype);
  }

  static zeros(shape: Shape, dtype: DType = 'float32'): Tensor {
    return new Tensor(allocate(dtype, sizeOf(shape)), [...shape], dtype);
  }

  /** 0, 1, 2 … in C order, as `numpy.arange(n).reshape(shape)`. */
  static arange(shape: Shape, dtype: DType = 'float32'): Tensor {
    return Tensor.from(
      Float64Array.from({ length: sizeOf(shape) }, (_, i) => i),
      shape,
      dtype,
    );
  }

  static full(shape: Shape, value: number, dtype: DType = 'float32'): Tensor {
    return Tensor.from(new Float64Array(sizeOf(shape)).fill(value), shape, dtype);
  }

  get size(): number {
    return this.data.length;
  }

  /** The element at `index`. A 64-bit integer beyond 2^53 loses its last digits. @throws IndexError */
  at(...index: number[]): number {
    checkIndex(index, this.shape);
    return Number(this.data[ravel(index, this.shape)]);
  }

  /** The same elements, converted. Returns itself if the dtype is the same already. */
  astype(dtype: DType): Tensor {
    return dtype === this.dtype ? this : Tensor.from(this.numbers(), this.shape, dtype);
  }

  /** The elements as numbers in C order; the tensor's own data unless they are 64-bit integers. */
  numbers(): Numbers {
    return this.data instanceof BigInt64Array || this.data instanceof BigUint64Array
      ? Float64Array.from(this.data, Number)
      : this.data;
  }

  /** The same data under another shape. @throws ShapeError if the element counts differ */
  reshape(shape: Shape): Tensor {
    if (sizeOf(shape) !== this.size) {
      throw new ShapeError(
        `reshape: ${formatShape(this.shape)} has ${this.size} elements, ${formatShape(shape)} needs ${sizeOf(shape)}`,
      );
    }
    return new Tensor(this.data, [...shape], this.dtype);
  }

  /**
   * A copy with the axes in another order: axis `i` of the result is axis `axes[i]` of this.
   * @throws ShapeError if `axes` is not a permutation of the axes
   */
  transpose(axes: readonly number[]): Tensor {
    const sorted = [...axes].sort((a, b) => a - b);
    if (
      !sameShape(
        sorted,
        this.shape.map((_, axis) => axis),
      )
    ) {
      throw new ShapeError(
        `transpose: axes (${axes.join(',')}) are no permutation of the ${this.shape.length} axes of ${formatShape(this.shape)}`,
      );
    }
    const strides = stridesOf(this.shape);
    const result = Tensor.zeros(
      axes.map(axis => this.shape[axis]),
      this.dtype,
    );
    const stridesOfResult = axes.map(axis => strides[axis]);
    copyStrided(this.data, 0, stridesOfResult, result.shape, result.data);
    return result;
  }
}

function checkLength(length: number, shape: Shape): void {
  if (length !== sizeOf(shape)) {
    throw new ShapeError(
      `tensor: ${length} elements do not fill the shape ${formatShape(shape)}, which has ${sizeOf(shape)}`,
    );
  }
}

/** Elements in one piece from which on they are copied as bytes: of fewer, it takes longer to say which. */
const LONG_RUN = 32;

/**
 * Writes the elements of a strided view of `from` into `to` in C order.
 * @param offset position in `from` of the view's first element
 * @param strides step in `from` along each axis of the view
 * @param counts shape of the view
 * @param to of the same kind as `from`
 */
export function copyStrided(
  from: TensorData,
  offset: number,
  strides: readonly number[],
  counts: Shape,
  to: TensorData,
): void {
  if (counts.includes(0)) return;
  const axes = joinedAxes(strides, counts);
  const { count, stride } = axes.pop() ?? { count: 1, stride: 1 };
  const inPieces = stride === 1 && count >= LONG_RUN;
  const bytes = from.BYTES_PER_ELEMENT;
  const fromBytes = new Uint8Array(from.buffer, from.byteOffset, from.byteLength);
  const toBytes = new Uint8Array(to.buffer, to.byteOffset, to.byteLength);
  let written = 0;
  const copyRow = (start: number): void => {
    if (inPieces) toBytes.set(fromBytes.subarray(start * bytes, (start + count) * bytes), written * bytes);
    else for (let i = 0; i < count; i++) to[written + i] = from[start + i * stride];
    written += count;
  };
  const copy = (axis: number, position: number): void => {
    if (axis === axes.length) {
      copyRow(position);
      return;
    }
    for (let i = 0; i < axes[axis].count; i++) copy(axis + 1, position + i * axes[axis].stride);
  };
  copy(0, offset);
}

/** The axes of a strided view, as few as can be: those that follow one another without a gap are one. */
function joinedAxes(strides: readonly number[], counts: Shape): { count: number; stride: number }[] {
  const axes: { count: number; stride: number }[] = [];
  counts.forEach((count, axis) => {
    if (count === 1) return;
    const stride = strides[axis];
    const outer = axes.at(-1);
    if (outer?.stride === count * stride) axes[axes.length - 1] = { count: outer.count * count, stride };
    else axes.push({ count, stride });
  });
  return axes;
}
