import { oneOf, type Random } from './random';

/** A way to damage a file. It may write into `bytes`, which is a copy. */
type Mutation = (bytes: Bytes, random: Random, other: Bytes) => Bytes;

type Bytes = Uint8Array<ArrayBuffer>;

/** Sizes and counts at which programs go wrong. */
const EDGES = [
  0n,
  1n,
  127n,
  128n,
  255n,
  256n,
  32767n,
  65535n,
  65536n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
];
const WIDE_EDGES = [...EDGES, 2n ** 32n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];
const NUMBERS = [
  '0',
  '-1',
  '1',
  '65536',
  '4294967296',
  '9007199254740993',
  '1e999',
  '-0',
  'null',
  '""',
  '[]',
  '{}',
];
const NAMES = ['__proto__', 'constructor', '../x', '/etc/passwd', '\u0000', '', 'a'.repeat(300)];

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  setByte,
  setByte,
  setInteger,
  setInteger,
  cut,
  removePart,
  repeatPart,
  insertBytes,
  splice,
  replaceNumber,
  replaceName,
];

/** `bytes` damaged in one to four ways. @param other another file of the format, to take parts from */
export function mutate(bytes: Bytes, other: Bytes, random: Random): Bytes {
  let mutant = Uint8Array.from(bytes);
  for (let left = 1 + random(random(4) + 1); left > 0; left--) {
    mutant = mutant.length > 0 ? oneOf(random, MUTATIONS)(mutant, random, other) : Uint8Array.from(other);
  }
  return mutant;
}

function flipBit(bytes: Bytes, random: Random): Bytes {
  bytes[random(bytes.length)] ^= 1 << random(8);
  return bytes;
}

function setByte(bytes: Bytes, random: Random): Bytes {
  bytes[random(bytes.length)] = oneOf(random, [0, 1, 0x7f, 0x80, 0xff, random(256)]);
  return bytes;
}

function setInteger(bytes: Bytes, random: Random): Bytes {
  const width = oneOf(random, [2, 4, 8]);
  if (bytes.length < width) return bytes;
  const view = new DataView(bytes.buffer);
  const at = random(bytes.length - width + 1);
  const littleEndian = random(4) > 0;
  if (width === 8) view.setBigUint64(at, oneOf(random, WIDE_EDGES), littleEndian);
  else if (width === 4) view.setUint32(at, Number(oneOf(random, EDGES)), littleEndian);
  else view.setUint16(at, Number(oneOf(random, EDGES)), littleEndian);
  return bytes;
}

function cut(bytes: Bytes, random: Random): Bytes {
  return bytes.slice(0, random(bytes.length));
}

function removePart(bytes: Bytes, random: Random): Bytes {
  const [start, end] = part(bytes, random);
  return join(bytes.subarray(0, start), bytes.subarray(end));
}

function repeatPart(bytes: Bytes, random: Random): Bytes {
  const [start, end] = part(bytes, random);
  const copies = Array.from({ length: 1 + random(8) }, () => bytes.subarray(start, end));
  return join(bytes.subarray(0, end), ...copies, bytes.subarray(end));
}

function insertBytes(bytes: Bytes, random: Random): Bytes {
  const at = random(bytes.length + 1);
  const inserted = Uint8Array.from({ length: 1 + random(16) }, () => random(256));
  return join(bytes.subarray(0, at), inserted, bytes.subarray(at));
}

function splice(bytes: Bytes, random: Random, other: Bytes): Bytes {
  if (other.length === 0) return bytes;
  const [start, end] = part(other, random);
  const at = random(bytes.length + 1);
  const kept = random(2) === 0 ? at : Math.min(bytes.length, at + end - start);
  return join(bytes.subarray(0, at), other.subarray(start, end), bytes.subarray(kept));
}

/** Of a text, or of what is written as one: NumPy's shapes, JSON, the numbers of early pickles. */
function replaceNumber(bytes: Bytes, random: Random): Bytes {
  return replaceMatch(bytes, random, /-?\d+(\.\d+)?/g, NUMBERS);
}

function replaceName(bytes: Bytes, random: Random): Bytes {
  return replaceMatch(bytes, random, /[A-Za-z_][\w.]{2,}/g, NAMES);
}

function replaceMatch(bytes: Bytes, random: Random, what: RegExp, by: readonly string[]): Bytes {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 1 << 16));
  const matches = [...text.matchAll(what)];
  if (matches.length === 0) return setByte(bytes, random);
  const { index, 0: found } = oneOf(random, matches);
  const replacement = new TextEncoder().encode(oneOf(random, by));
  return join(bytes.subarray(0, index), replacement, bytes.subarray(index + found.length));
}

function part(bytes: Bytes, random: Random): [start: number, end: number] {
  const start = random(bytes.length);
  return [start, Math.min(bytes.length, start + 1 + random(oneOf(random, [4, 32, 1024])))];
}

function join(...parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const piece of parts) {
    all.set(piece, position);
    position += piece.length;
  }
  return all;
}
