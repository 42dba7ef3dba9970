import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { decoding, type ByteRange, type Field, type ProtobufFile } from './protobuf';
import { ATTRIBUTE, ENTRY, EXTERNAL, TENSOR } from './schema';

/** A field that holds elements, all at once or one by one. */
export interface DataField {
  readonly first: Field;
  /** How often the field is there. */
  readonly pieces: number;
}

/** A TensorProto without its elements. */
export interface StoredTensor {
  readonly name: string;
  /** As in StoredArray. */
  readonly access?: string;
  readonly dims: readonly number[];
  /** TensorProto.DataType. */
  readonly dataType: number;
  /** The message as a whole. */
  readonly message: ByteRange;
  /** The raw bytes of its elements, if it has them. */
  readonly raw?: ByteRange;
  /** The fields that hold its elements otherwise, by the number that a TensorProto has for them. */
  readonly data: ReadonlyMap<number, DataField>;
  /** Where its elements are if they are in another file: `location`, `offset`, `length`. */
  readonly external?: ReadonlyMap<string, string>;
  readonly segmented: boolean;
}

/** More axes than any tensor has; a list that goes on is not read. */
export const MAX_DIMS = 64;

const DATA_FIELDS: ReadonlySet<number> = new Set([
  TENSOR.floatData,
  TENSOR.int32Data,
  TENSOR.stringData,
  TENSOR.int64Data,
  TENSOR.doubleData,
  TENSOR.uint64Data,
]);

/**
 * Reads a TensorProto, but not its elements.
 * @throws FormatError if it is damaged
 */
export async function readStoredTensor(file: ProtobufFile, message: ByteRange): Promise<StoredTensor> {
  let name = '';
  let dims: number[] = [];
  let dataType = 0;
  let raw: ByteRange | undefined;
  let isExternal = false;
  let segmented = false;
  const external = new Map<string, string>();
  const data = new Map<number, DataField>();
  for await (const field of file.fields(message)) {
    if (DATA_FIELDS.has(field.number)) {
      const known = data.get(field.number);
      data.set(field.number, { first: known?.first ?? field, pieces: (known?.pieces ?? 0) + 1 });
      continue;
    }
    switch (field.number) {
      case TENSOR.dims:
        if (dims.length < MAX_DIMS) dims = [...dims, ...(await integers(file, field, MAX_DIMS)).map(Number)];
        break;
      case TENSOR.dataType:
        dataType = Number(field.value);
        break;
      case TENSOR.segment:
        segmented = true;
        break;
      case TENSOR.name:
        name = await file.text(field);
        break;
      case TENSOR.rawData:
        raw = field;
        break;
      case TENSOR.externalData:
        if (external.size < MAX_DIMS) external.set(...(await readEntry(file, field)));
        break;
      case TENSOR.dataLocation:
        isExternal = field.value === EXTERNAL;
        break;
    }
  }
  return { name, dims, dataType, message, raw, data, external: isExternal ? external : undefined, segmented };
}

/** Attributes that are elements themselves: TensorProto.DataType, its field, and whether they are one element. */
const VALUES: ReadonlyMap<number, readonly [dataType: number, field: number, single: boolean]> = new Map([
  [ATTRIBUTE.f, [1, TENSOR.floatData, true]],
  [ATTRIBUTE.floats, [1, TENSOR.floatData, false]],
  [ATTRIBUTE.i, [7, TENSOR.int64Data, true]],
  [ATTRIBUTE.ints, [7, TENSOR.int64Data, false]],
  [ATTRIBUTE.s, [8, TENSOR.stringData, true]],
  [ATTRIBUTE.strings, [8, TENSOR.stringData, false]],
]);

/** Bytes of an attribute's numbers. */
const MAX_VALUES = 2 ** 24;

/** The value of an AttributeProto as a tensor, if it is numbers or texts. @throws FormatError if it is damaged */
export async function readAttributeValue(
  file: ProtobufFile,
  message: ByteRange,
): Promise<StoredTensor | undefined> {
  let data: DataField | undefined;
  let count = 0;
  for await (const field of file.fields(message)) {
    if (!VALUES.has(field.number) || (data && field.number !== data.first.number)) continue;
    data = { first: data?.first ?? field, pieces: (data?.pieces ?? 0) + 1 };
    count += await elementCount(file, field);
  }
  const value = data && VALUES.get(data.first.number);
  if (!data || !value) return undefined;
  const [dataType, number, single] = value;
  const dims = single ? [] : [count];
  return { name: '', dims, dataType, message, data: new Map([[number, data]]), segmented: false };
}

async function elementCount(file: ProtobufFile, field: Field): Promise<number> {
  if (field.wire !== WireType.LengthDelimited) return 1;
  switch (field.number) {
    case ATTRIBUTE.floats:
      return Math.floor((field.end - field.start) / 4);
    case ATTRIBUTE.ints:
      // The last byte of a varint is the one below 128.
      return (await file.bytes(field, MAX_VALUES)).reduce((count, byte) => count + (byte < 128 ? 1 : 0), 0);
    default:
      return 1;
  }
}

/** A StringStringEntryProto. */
export async function readEntry(
  file: ProtobufFile,
  message: ByteRange,
): Promise<[key: string, value: string]> {
  let key = '';
  let value = '';
  for await (const field of file.fields(message)) {
    if (field.number === ENTRY.key) key = await file.text(field);
    if (field.number === ENTRY.value) value = await file.text(field);
  }
  return [key, value];
}

/** The value of a varint field, or the values of a packed one; at most about `most` of these. */
export async function integers(file: ProtobufFile, field: Field, most: number): Promise<bigint[]> {
  if (field.wire === WireType.Varint) return [field.value];
  const packed = await file.bytes(field, most * 10);
  return decoding('onnx', field.start, () => {
    const reader = new BinaryReader(packed);
    const values: bigint[] = [];
    while (reader.pos < reader.len) values.push(BigInt(reader.int64()));
    return values;
  });
}
