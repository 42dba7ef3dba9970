import { readTensor, type ArraySource } from './arraySource';
import type { DType } from './dtype';
import type { Shape } from './shape';
import type { Tensor } from './tensor';

/** A tensor that is computed, read or computed again when somebody asks for it. Its shape is known before. */
export interface LazyTensor {
  readonly shape: Shape;
  readonly dtype: DType;
  /** @throws CancelledError, and whatever making it throws */
  get(signal?: AbortSignal): Promise<Tensor>;
}

/** A tensor that is there already. */
export function ready(tensor: Tensor): LazyTensor {
  return { shape: tensor.shape, dtype: tensor.dtype, get: () => Promise.resolve(tensor) };
}

/** The same elements, converted when they are asked for. Returns itself if the dtype is the same already. */
export function castLazily(tensor: LazyTensor, dtype: DType): LazyTensor {
  if (tensor.dtype === dtype) return tensor;
  return { shape: tensor.shape, dtype, get: async signal => (await tensor.get(signal)).astype(dtype) };
}

/** An array that is asked for as a whole when any of it is read. */
export function lazySource(name: string, tensor: LazyTensor): ArraySource {
  return {
    name,
    dtype: tensor.dtype,
    shape: tensor.shape,
    read: async (region, signal, memory) => readTensor(await tensor.get(signal), region, memory),
  };
}
