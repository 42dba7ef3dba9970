import {
  bytesInMemory,
  bytesPerElement,
  checkRegion,
  decodeElements,
  readTensor,
  sizeOf,
  Tensor,
  wholeRegion,
} from '../../tensor';
import { checkReadSize } from '../arrays/stridedBytes';
import type { StoredArray, TensorEntry, TextEntry } from '../tensorFile';
import { contiguousEntry } from './contiguous';
import type { NumberField, TextField } from './elements';
import { readText } from './readText';
import type { StoredDataset } from './hyperslab';
import { placeRows, readParts, type Part } from './readDataset';

/** The numbers of a dataset, or of one field of its elements. A read touches only the chunks of its region. */
export function numberEntry(
  name: string,
  dataset: StoredDataset,
  field: NumberField,
  stored: StoredArray,
): TensorEntry {
  const { dtype, axes } = field;
  const shape = [...dataset.shape, ...axes];
  const rank = dataset.shape.length;
  let contiguous: Promise<TensorEntry | undefined> | undefined;
  return {
    ...stored,
    name,
    dtype,
    shape,
    async read(region = wholeRegion(shape), signal, memory) {
      checkRegion(region, shape);
      // What stands in the way of it, the library meets too, and says.
      contiguous ??= contiguousEntry(name, dataset, field).catch(() => undefined);
      const entry = await contiguous;
      if (entry) return entry.read(region, signal, memory);
      // Arrays inside elements are read as a whole, and cut afterwards.
      const outer = region.slice(0, rank);
      const counts = [...outer.map(({ count }) => count), ...axes];
      checkReadSize(name, counts, dtype, bytesInMemory(dtype));
      const bytes = new Uint8Array(sizeOf(counts) * bytesPerElement(dtype));
      await readParts(dataset, outer, signal, part => {
        placeElements(
          fieldBytes(part, dataset.elementSize, field),
          part,
          sizeOf(axes) * bytesPerElement(dtype),
          bytes,
        );
      });
      const tensor = Tensor.wrap(decodeElements(dtype, bytes, field.littleEndian), counts, dtype);
      if (axes.length === 0) return tensor;
      return readTensor(tensor, [...wholeRegion(counts.slice(0, rank)), ...region.slice(rank)]);
    },
  };
}

/** The bytes of one field of a part's elements, side by side. */
function fieldBytes({ memory, pointer, counts }: Part, elementSize: number, field: NumberField): Uint8Array {
  const count = sizeOf(counts);
  const size = sizeOf(field.axes) * bytesPerElement(field.dtype);
  const elements = memory.subarray(pointer, pointer + count * elementSize);
  if (size === elementSize) return elements;
  const bytes = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) {
    const at = i * elementSize + field.offset;
    bytes.set(elements.subarray(at, at + size), i * size);
  }
  return bytes;
}

/** Copies a part's elements, `width` bytes each, to where they belong in the result. */
function placeElements(elements: Uint8Array, part: Part, width: number, result: Uint8Array): void {
  placeRows(part, (from, to, count, step) => {
    if (step === 1) {
      result.set(elements.subarray(from * width, (from + count) * width), to * width);
      return;
    }
    for (let i = 0; i < count; i++) {
      result.set(elements.subarray((from + i) * width, (from + i + 1) * width), (to + i * step) * width);
    }
  });
}

/** Texts read at a time, and bytes of each: any number of elements may point to one long text. */
const TEXTS_AT_ONCE = 1024;
const MAX_TEXT = 2 ** 14;

/** The texts of a dataset, or of one field of its elements; very long ones are cut. */
export function textEntry(
  name: string,
  dataset: StoredDataset,
  field: TextField,
  stored: StoredArray,
): TextEntry {
  const { shape, elementSize } = dataset;
  return {
    ...stored,
    name,
    storedType: field.storedType,
    shape,
    async readTexts(region, signal) {
      checkRegion(region, shape);
      const texts = new Array<string>(sizeOf(region.map(({ count }) => count)));
      const visit = (part: Part): void =>
        placeRows(part, (from, to, count, step) => {
          for (let i = 0; i < count; i++) {
            const at = part.pointer + (from + i) * elementSize + field.offset;
            texts[to + i * step] = readText(part.memory, at, field, MAX_TEXT);
          }
        });
      await readParts(dataset, region, signal, visit, TEXTS_AT_ONCE);
      return texts;
    },
  };
}
