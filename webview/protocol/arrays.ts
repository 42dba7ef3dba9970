import { allocate, sizeOf, Tensor, type DType, type Shape } from '../../engine';

/** A tensor on its way through a message channel. The buffer holds its elements in C order, in the typed array of its dtype. */
export interface WireTensor {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: ArrayBuffer;
}

/** Copies the tensor's elements into a buffer of their own, which may then be transferred. */
export function toWire(tensor: Tensor): WireTensor {
  const copy = allocate(tensor.dtype, tensor.size);
  copy.set(tensor.data as never);
  return { dtype: tensor.dtype, shape: tensor.shape, data: copy.buffer as ArrayBuffer };
}

/** The tensor over the received buffer, without a copy. @throws ShapeError if the buffer does not fit the shape */
export function fromWire({ dtype, shape, data }: WireTensor): Tensor {
  const constructor = allocate(dtype, 0).constructor as new (
    buffer: ArrayBuffer,
    offset: number,
    length: number,
  ) => Tensor['data'];
  return Tensor.wrap(new constructor(data, 0, sizeOf(shape)), shape, dtype);
}
