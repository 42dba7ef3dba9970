import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { FormatError, UnsupportedError } from '../../errors';
import { sliceSource, type ByteSource } from '../bytes/byteSource';
import { formatBytes } from '../../tensor';
import { MAX_WHOLE_FILE } from '../limits';
import { decoding, protobufFile, type ByteRange } from './protobuf';
import type { StoredTensor } from './readTensor';
import { TENSOR } from './schema';

/**
 * The elements that a tensor holds as numbers of a field, as the raw bytes they stand for. Floats lie side by side in
 * the file already; integers are of varying length and are decoded when the first of them is read.
 * @param field that the tensor's type keeps its numbers in
 * @param width bytes of a number, of which there are `count`
 * @throws FormatError if there cannot be as many, UnsupportedError if they are too many to be decoded
 */
export function typedData(
  source: ByteSource,
  tensor: StoredTensor,
  field: number,
  width: number,
  count: number,
): ByteSource {
  const size = count * width;
  const data = tensor.data.get(field);
  if (!data) {
    if (count > 0) throw new FormatError('onnx', `holds none of the ${count} numbers of its shape`);
    return sliceSource(source, 0, 0);
  }
  const { first, pieces } = data;
  const isFixed = field === TENSOR.floatData || field === TENSOR.doubleData;
  if (isFixed && pieces === 1) return sliceSource(source, first.start, first.end - first.start);

  if (count > tensor.message.end - tensor.message.start) {
    throw new FormatError('onnx', `has fewer bytes than the ${count} numbers of its shape: it is truncated`);
  }
  if (size > MAX_WHOLE_FILE) {
    throw new UnsupportedError(
      `has ${formatBytes(size)} of numbers that are decoded as a whole, at most ${formatBytes(MAX_WHOLE_FILE)}; save it as raw_data`,
    );
  }
  let decoded: Promise<Uint8Array> | undefined;
  return {
    size,
    async read(offset, length) {
      decoded ??= decode(source, tensor.message, first.number, isFixed, width, size);
      return (await decoded).subarray(offset, offset + length);
    },
  };
}

async function decode(
  source: ByteSource,
  message: ByteRange,
  number: number,
  isFixed: boolean,
  width: number,
  size: number,
): Promise<Uint8Array> {
  // With a window of its own: several tensors may be read at a time.
  const file = protobufFile(source, 'onnx');
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const take = (length: number): number => {
    if (at + length > size) throw new FormatError('onnx', 'a tensor has more numbers than its shape says');
    return (at += length) - length;
  };
  for await (const field of file.fields(message)) {
    if (field.number !== number) continue;
    if (field.wire === WireType.Varint) {
      putInteger(view, take(width), width, field.value);
      continue;
    }
    const payload = await file.bytes(field, MAX_WHOLE_FILE);
    if (isFixed) {
      bytes.set(payload, take(payload.length));
      continue;
    }
    decoding('onnx', field.start, () => {
      const reader = new BinaryReader(payload);
      while (reader.pos < reader.len)
        putInteger(view, take(width), width, width === 8 ? BigInt(reader.int64()) : reader.uint32());
    });
  }
  if (at !== size)
    throw new FormatError('onnx', `a tensor has ${at} bytes of numbers, its shape needs ${size}`);
  return bytes;
}

/** The low bytes of an integer, as all types that ONNX keeps in wider fields have them. */
function putInteger(view: DataView, at: number, width: number, value: number | bigint): void {
  if (width === 8) view.setBigInt64(at, BigInt(value), true);
  else if (width === 4) view.setUint32(at, Number(value), true);
  else if (width === 2) view.setUint16(at, Number(value), true);
  else view.setUint8(at, Number(value));
}
