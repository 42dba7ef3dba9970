import { bytesPerElement, decodeElements, formatTensor, Tensor } from '../../tensor';
import type { TextField } from './elements';

/** Numbers of a sequence that are shown. */
const SHOWN = 32;

const utf8 = new TextDecoder();

/**
 * A text in the library's memory, up to its first zero byte; of a sequence of numbers, the first ones.
 * @param at where it is; if it has no length of its own, where its address is (0: there is none)
 * @param most bytes that are taken
 */
export function readText(
  memory: Uint8Array,
  at: number,
  { length, items }: Pick<TextField, 'length' | 'items'>,
  most: number,
): string {
  const view = new DataView(memory.buffer, memory.byteOffset);
  if (items) return readSequence(memory, view.getUint32(at, true), view.getUint32(at + 4, true), items);
  const start = length === undefined ? view.getUint32(at, true) : at;
  if (start === 0) return '';
  const longest = memory.subarray(start, start + Math.min(length ?? most, most));
  const end = longest.indexOf(0);
  return utf8.decode(end < 0 ? longest : longest.subarray(0, end));
}

function readSequence(
  memory: Uint8Array,
  count: number,
  start: number,
  { dtype, littleEndian }: NonNullable<TextField['items']>,
): string {
  const shown = Math.min(count, SHOWN);
  const bytes = memory.slice(start, start + shown * bytesPerElement(dtype));
  const numbers = formatTensor(Tensor.wrap(decodeElements(dtype, bytes, littleEndian), [shown], dtype));
  // On one line.
  const line = numbers.replace(/\s+/g, ' ');
  return shown === count ? line : `${line} … (${count})`;
}
