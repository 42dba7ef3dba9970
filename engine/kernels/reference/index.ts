import type { Kernels } from '../kernels';
import { toMaps, toRows } from '../rows';
import { adam } from './adam';
import { add } from './add';
import { biasGradient, convolve, weightGradient } from './convolution';
import { convolutionInputGradient, inputGradient } from './inputGradient';
import { matmul } from './matmul';
import { averageGradientReader, averagePool, maxInputGradient, maxPool } from './pooling';
import { mapCells } from './mapCells';

/** Plain JavaScript with exact arithmetic, on this thread: what all other kernels are compared with. */
export const reference: Kernels = {
  set: 'reference',
  arithmetic: 'exact',
  threads: 1,
  *convolve(x, W, b, geometry) {
    return yield* toMaps(yield* convolve(x, W, geometry, x.dtype), b, geometry);
  },
  *weightGradient(dout, x, geometry) {
    return yield* weightGradient(x, yield* toRows(dout), geometry);
  },
  biasGradient,
  *convolutionInputGradient(dout, W, geometry) {
    return yield* convolutionInputGradient(yield* toRows(dout), W, geometry);
  },
  matmul,
  *maxPool(x, geometry) {
    const { rows, argMax } = yield* maxPool(x, geometry);
    return { out: yield* toMaps(rows, null, geometry), argMax };
  },
  *averagePool(x, geometry, countIncludePad) {
    const { rows } = yield* averagePool(x, geometry, countIncludePad);
    return yield* toMaps(rows, null, geometry);
  },
  maxInputGradient,
  mapCells,
  add,
  adam,
  place: tensor => tensor,
  recycle: () => undefined, // the garbage collector has it
  *averageInputGradient(dout, geometry, countIncludePad) {
    const reader = averageGradientReader(dout, geometry, countIncludePad);
    return yield* inputGradient(reader, geometry, dout.dtype);
  },
};
