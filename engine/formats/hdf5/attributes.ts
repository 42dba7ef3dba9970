import type { H5Module } from '../../../node_modules/h5wasm/dist/esm/hdf5_util.js';
import {
  bytesPerElement,
  formatShape,
  decodeElements,
  formatBytes,
  formatTensor,
  sizeOf,
  Tensor,
} from '../../tensor';
import type { Metadata } from '../tensorFile';
import { elementFields, type NumberField, type TextField } from './elements';
import { inStoredOrder, withMemory } from './hyperslab';
import { readText } from './readText';

/** Bytes of an attribute that is read; and of a text in it, which may be a network's whole description. */
const MAX_BYTES = 2 ** 20;
const MAX_TEXT = 2 ** 24;

/** Elements of an attribute that are shown. */
const SHOWN = 64;

/** Attributes of an object that are read. */
const MAX_ATTRIBUTES = 256;

/** The attributes of the object at `path`, with their values as text. */
export function readAttributes(h5: H5Module, file: bigint, path: string): Metadata[] {
  const names = h5.get_attribute_names(file, path);
  const read = names
    .slice(0, MAX_ATTRIBUTES)
    .map((name): Metadata => ({ name, value: attributeText(h5, file, path, name) }));
  const left = names.length - read.length;
  return left === 0 ? read : [...read, { name: `… ${left} more` }];
}

function attributeText(h5: H5Module, file: bigint, path: string, name: string): string {
  const attribute = h5.get_attribute_metadata(file, path, name);
  const { shape, size } = attribute;
  if (!shape) return 'null';
  const count = sizeOf(shape);
  if (count * size > MAX_BYTES) return `${formatShape(shape)}, ${formatBytes(count * size)}`;
  const fields = elementFields(h5, attribute);
  return withMemory(h5, count * size, pointer => {
    inStoredOrder(h5, fields, () => h5.get_attribute_data(file, path, name, BigInt(pointer)));
    const texts = [
      ...fields.numbers.map(field => ({ field, text: numbersText(h5.HEAPU8, pointer, shape, size, field) })),
      ...fields.texts.map(field => ({ field, text: textsText(h5.HEAPU8, pointer, shape, size, field) })),
      ...fields.unread.map(field => ({ field, text: field.reason })),
    ];
    if (fields.ownMemory) h5.reclaim_vlen_memory(file, path, name, BigInt(pointer));
    const named = ({ field, text }: (typeof texts)[number]): string =>
      field.path.length > 0 ? `${field.path.join('.')}: ${text}` : text;
    return texts.map(named).join('; ');
  });
}

function numbersText(
  memory: Uint8Array,
  pointer: number,
  shape: readonly number[],
  size: number,
  { offset, axes, dtype, littleEndian }: NumberField,
): string {
  const width = sizeOf(axes) * bytesPerElement(dtype);
  const bytes = new Uint8Array(sizeOf(shape) * width);
  for (let i = 0; i < sizeOf(shape); i++) {
    const at = pointer + i * size + offset;
    bytes.set(memory.subarray(at, at + width), i * width);
  }
  const values = Tensor.wrap(decodeElements(dtype, bytes, littleEndian), [...shape, ...axes], dtype);
  return formatTensor(values, { threshold: SHOWN });
}

function textsText(
  memory: Uint8Array,
  pointer: number,
  shape: readonly number[],
  size: number,
  field: TextField,
): string {
  const text = (i: number): string => readText(memory, pointer + i * size + field.offset, field, MAX_TEXT);
  if (shape.length === 0) return text(0);
  const count = sizeOf(shape);
  const shown = Array.from({ length: Math.min(count, SHOWN) }, (_, i) => text(i));
  return shown.join(', ') + (count > SHOWN ? `, … (${count})` : '');
}
