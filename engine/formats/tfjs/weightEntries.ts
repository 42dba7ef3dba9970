import { Tensor, type DType } from '../../tensor';
import type { ByteSource } from '../bytes/byteSource';
import { complexEntries } from '../arrays/complexEntries';
import { checkedByteLength, denseLayout, storedEntry } from '../arrays/storedEntry';
import type { TensorEntry, TextEntry } from '../tensorFile';
import { pythonText } from '../write/pythonText';
import type { Quantization, Weight, WeightDType } from './manifest';
import { placeTexts } from './textWeight';

const FORMAT = 'tfjs';

/** What a weight's elements are stored as; of a complex one its parts. */
const STORED = {
  float32: 'float32',
  int32: 'int32',
  bool: 'bool',
  uint8: 'uint8',
  complex64: 'float32',
} as const satisfies Record<Exclude<WeightDType, 'string'>, DType>;

/** A weight of the files of a group: how many bytes it takes, and the arrays they are. */
export interface PlacedWeight {
  readonly byteLength: number;
  readonly tensors?: readonly TensorEntry[];
  readonly texts?: readonly TextEntry[];
}

/**
 * The weight whose bytes start at `offset` of its group's files.
 * Source: TensorFlow.js, `decodeWeights` in tfjs-core/src/io/io_utils.ts.
 * @throws FormatError if the files end before the weight does
 */
export async function placeWeight(
  source: ByteSource,
  offset: number,
  weight: Weight,
  signal?: AbortSignal,
): Promise<PlacedWeight> {
  const { name, shape, dtype, quantization } = weight;
  if (dtype === 'string') return placeTexts(source, offset, weight, signal);
  const array = { offset, dtype: quantization?.dtype ?? STORED[dtype], shape, littleEndian: true };
  const access = `[${pythonText(name)}]`;
  const isComplex = dtype === 'complex64';
  const extents = isComplex ? [...shape, 2] : shape;
  const byteLength = checkedByteLength(FORMAT, extents, array.dtype, source.size - offset);
  if (isComplex) {
    return {
      byteLength,
      tensors: complexEntries(FORMAT, name, source, array, { storedType: dtype, access }),
    };
  }
  const stored = storedEntry(FORMAT, name, source, denseLayout(array), { access });
  if (!quantization) return { byteLength, tensors: [stored] };
  return {
    byteLength,
    tensors: [dequantised(stored, quantization, dtype === 'int32' ? 'int32' : 'float32')],
  };
}

/** The weights that a layer computes with, from the smaller numbers that are stored. */
function dequantised(
  stored: TensorEntry,
  { dtype: storedType, scale, min }: Quantization,
  dtype: 'float32' | 'int32',
): TensorEntry {
  const round = dtype === 'int32' ? Math.round : Math.fround;
  const scaled = storedType !== 'float16';
  return {
    ...stored,
    dtype,
    storedType: scaled ? `${storedType} · scale + min` : storedType,
    metadata: scaled
      ? [
          { name: 'scale', value: String(scale) },
          { name: 'min', value: String(min) },
        ]
      : [],
    async read(region, signal) {
      const codes = await stored.read(region, signal);
      const weights = Tensor.zeros(codes.shape, dtype);
      codes.numbers().forEach((code, i) => (weights.data[i] = round(code * scale + min)));
      return weights;
    },
  };
}
