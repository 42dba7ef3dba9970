import { isKind, isScalar, type Value } from './values';

const MAX_TEXT = 200;

/** Scalars that are shown in a row; longer rows end in dots. */
const MAX_ROW = 16;

/** Text of the file, made fit for a message: no control characters, not too long. */
export function printable(text: string): string {
  const short = shorten(text, 100);
  return /^[\x20-\x7e\u00a0-\u{10ffff}]*$/u.test(short) ? short : JSON.stringify(short);
}

/** The part of an array's name that a dict key, an attribute or a position gives. */
export function keyText(key: Value): string {
  if (typeof key === 'string') return shorten(key, MAX_TEXT);
  return scalarText(key) ?? rowText(key) ?? printable(className(key));
}

/** What Python would print of a value that fits into a line; undefined for others. */
export function lineText(value: Value): string | undefined {
  if (typeof value === 'string') return JSON.stringify(shorten(value, MAX_TEXT));
  return scalarText(value) ?? rowText(value);
}

/** The class of a value, as Python would name it. */
export function className(value: Value): string {
  if (isScalar(value)) return typeof value;
  switch (value.kind) {
    case 'object':
    case 'global':
      return value.name;
    case 'dtype':
      return 'numpy.dtype';
    default:
      return value.kind;
  }
}

function scalarText(value: Value): string | undefined {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return shorten(value.toString(), MAX_TEXT);
  if (typeof value !== 'number') return undefined;
  return Number.isFinite(value) ? String(value) : String(value).replace('Infinity', 'inf').toLowerCase();
}

/** Several scalars in brackets, or a value that has no parts. */
function rowText(value: Value): string | undefined {
  if (isKind(value, 'bytes')) return `${value.source.size} bytes`;
  if (isKind(value, 'global')) return printable(value.name);
  if (isKind(value, 'dtype')) return `dtype('${printable(value.byteOrder + value.code)}')`;
  if (isKind(value, 'storage')) return `${value.count} elements of ${value.type.name}`;
  if (isKind(value, 'dict') && value.items.size === 0) return '{}';
  if (isKind(value, 'list')) return row('[', value.items, ']');
  if (isKind(value, 'tuple')) return row('(', value.items, ')');
  if (isKind(value, 'set')) return row('{', value.items, '}');
  if (isKind(value, 'object') && value.entries.size === 0) {
    return row(`${printable(value.name)}(`, value.items, ')');
  }
  return undefined;
}

function row(open: string, items: readonly Value[], close: string): string | undefined {
  const shown = items.slice(0, MAX_ROW);
  if (!shown.every(isScalar)) return undefined;
  const dots = items.length > MAX_ROW ? [`… ${items.length} in all`] : [];
  return open + [...shown.map(lineText), ...dots].join(', ') + close;
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
