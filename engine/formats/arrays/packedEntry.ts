import {
  allocate,
  bytesInMemory,
  checkRegion,
  sizeOf,
  smallFloat,
  Tensor,
  wholeRegion,
  type Shape,
} from '../../tensor';
import { readBytes, type ByteSource } from '../bytes/byteSource';
import { eachRow, regionPieces, type Grid } from './regionPieces';
import { checkFits, checkReadSize, gridSpan, stridesIn } from './stridedBytes';
import type { StoredArray, TensorEntry } from '../tensorFile';

/** A type of elements of less than a byte. */
interface PackedType {
  readonly bits: number;
  readonly dtype: 'int8' | 'uint8' | 'float32' | 'bool';
  /** The number that a bit pattern stands for. */
  readonly decode: (code: number) => number;
}

const unsigned = (code: number): number => code;
const signed =
  (bits: number) =>
  (code: number): number =>
    (code << (32 - bits)) >> (32 - bits);

/**
 * The types that are read, by their names in ONNX.
 * Source: ONNX "Float stored in 4 bits", IR of int4 and int2; OCP Microscaling Formats (MX) 1.0, section 5.3.
 */
const PACKED = {
  uint1: { bits: 1, dtype: 'bool', decode: unsigned },
  uint2: { bits: 2, dtype: 'uint8', decode: unsigned },
  int2: { bits: 2, dtype: 'int8', decode: signed(2) },
  uint4: { bits: 4, dtype: 'uint8', decode: unsigned },
  int4: { bits: 4, dtype: 'int8', decode: signed(4) },
  float4_e2m1: { bits: 4, dtype: 'float32', decode: smallFloat(2, 1, 1) },
  float6_e2m3: { bits: 6, dtype: 'float32', decode: smallFloat(2, 3, 1) },
  float6_e3m2: { bits: 6, dtype: 'float32', decode: smallFloat(3, 2, 3) },
} as const satisfies Record<string, PackedType>;

export type PackedName = keyof typeof PACKED;

/** How an array of packed elements lies in a file: in C order, without gaps between them. */
export interface PackedLayout {
  readonly offset: number;
  readonly type: PackedName;
  readonly shape: Shape;
}

/**
 * Bytes that packed elements take, the last one filled up.
 * @throws FormatError if the shape is impossible or does not fit into `available` bytes
 */
export function packedByteLength(format: string, { type, shape }: PackedLayout, available: number): number {
  const length = Math.ceil(gridSpan(format, bitGrid(shape, PACKED[type].bits)) / 8);
  checkFits(format, shape, type, length, available);
  return length;
}

/**
 * An array whose elements take less than a byte each: the first in the lowest bits of the first byte (ONNX: "the first
 * element is stored in the 4 LSB"). Read as int8, uint8, bool or float32, which hold all their values.
 * @param stored its `storedType` tells the user what the elements really are
 * @throws FormatError if the array reaches beyond the end of `source`
 */
export function packedEntry(
  format: string,
  name: string,
  source: ByteSource,
  layout: PackedLayout,
  stored: StoredArray = {},
): TensorEntry {
  const { offset, type, shape } = layout;
  const { bits, dtype, decode } = PACKED[type];
  const byteLength = packedByteLength(format, layout, source.size - offset);
  const values = Array.from({ length: 2 ** bits }, (_, code) => decode(code));
  const mask = values.length - 1;
  return {
    storedType: type,
    byteLength,
    ...stored,
    name,
    dtype,
    shape,
    async read(region = wholeRegion(shape), signal) {
      checkRegion(region, shape);
      const counts = region.map(range => range.count);
      checkReadSize(name, counts, type, bytesInMemory(dtype));
      const size = sizeOf(counts);
      const result = allocate(dtype, size);
      if (size === 0) return Tensor.wrap(result, counts, dtype);
      for (const piece of regionPieces(bitGrid(shape, bits), region, 8)) {
        const first = Math.floor(piece.first / 8);
        const length = Math.ceil((piece.first + piece.length) / 8) - first;
        const bytes = await readBytes(source, format, offset + first, length, signal);
        const shift = piece.first - 8 * first;
        eachRow(piece, (start, to, row) => {
          for (let i = 0, from = start + shift; i < row.count; i++, from += row.from, to += row.to) {
            // An element may begin in one byte and end in the next.
            const pair = bytes[from >> 3] | (bytes[(from >> 3) + 1] << 8);
            result[to] = values[(pair >> (from & 7)) & mask];
          }
        });
      }
      return Tensor.wrap(result, counts, dtype);
    },
  };
}

function bitGrid(shape: Shape, bits: number): Grid {
  return { shape, strides: stridesIn('C', shape, bits), width: bits };
}
