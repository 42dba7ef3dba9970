import { filterAxes, type Shape } from '../../../engine';
import type { TensorEntry } from '../../../engine/formats';
import type { OpenedFile } from './openFiles';

/** An array as the engine computes with it. */
export interface LayerArray extends TensorEntry {
  /** The shape in the file, where the axes are in another order there. */
  readonly storedShape?: Shape;
}

/** A file as a layer takes it: filters that Keras or TensorFlow stored as (FH, FW, C, FN) are (FN, C, FH, FW). */
export interface LayerFile extends OpenedFile {
  readonly tensors: readonly LayerArray[];
}

export function withFiltersFirst(file: OpenedFile): LayerFile {
  return {
    ...file,
    tensors: file.tensors.map(tensor => {
      const axes = filterAxes(tensor, file.format);
      return axes ? transposed(tensor, axes) : tensor;
    }),
  };
}

/** @param axes the stored axis of each axis of the result */
function transposed(tensor: TensorEntry, axes: readonly number[]): LayerArray {
  return {
    ...tensor,
    storedShape: tensor.shape,
    shape: axes.map(axis => tensor.shape[axis]),
    async read(region, signal) {
      const stored = region && tensor.shape.map((_, axis) => region[axes.indexOf(axis)]);
      return (await tensor.read(stored, signal)).transpose(axes);
    },
  };
}
