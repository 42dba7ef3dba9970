import type { ByteSource } from '../byteSource';
import type { Order } from '../stridedBytes';
import type { NumpyDType } from '../numpy/dtype';
import type { Shape } from '../../tensor';

/**
 * What a pickle holds, as plain data. No value has behaviour, and names from the file are only ever keys of a Map or
 * texts to compare, so nothing in a file reaches a JavaScript function or prototype.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Bytes
  | List
  | Tuple
  | Dict
  | PythonSet
  | Global
  | DTypeObject
  | ArrayObject
  | Opaque;

/** bytes, bytearray, or a Python 2 str too long to be a name. Not read until an array made of it is. */
export interface Bytes {
  readonly kind: 'bytes';
  readonly source: ByteSource;
}

export interface List {
  readonly kind: 'list';
  readonly items: Value[];
}

export interface Tuple {
  readonly kind: 'tuple';
  readonly items: readonly Value[];
}

export interface Dict {
  readonly kind: 'dict';
  readonly items: Map<Value, Value>;
}

/** set or frozenset. */
export interface PythonSet {
  readonly kind: 'set';
  readonly items: Value[];
}

/** A class or function that the file names. */
export interface Global {
  readonly kind: 'global';
  /** Module and name as the file gives them, e.g. `numpy.core.multiarray._reconstruct`. */
  readonly name: string;
  /** What stands in for a call of it. */
  readonly construct: Constructor;
}

/** A NumPy dtype. BUILD adds the byte order. */
export interface DTypeObject {
  readonly kind: 'dtype';
  /** Kind and size, e.g. `f8`. */
  readonly code: string;
  byteOrder: string;
}

/** A NumPy array or scalar. `_reconstruct` makes it empty, BUILD fills it. */
export interface ArrayObject {
  readonly kind: 'array';
  /** The elements, or why there are none that we can read. */
  content: StoredElements | string;
}

export interface StoredElements {
  readonly type: NumpyDType;
  readonly shape: Shape;
  readonly order: Order;
  /** Exactly the elements' bytes. */
  readonly bytes: ByteSource;
}

/** An object we know to be data but cannot show, such as a complex number or a masked array. */
export interface Opaque {
  readonly kind: 'opaque';
  readonly name: string;
}

/** Stands in for a call: makes the value that Python would have made. Calls nothing of the file's choosing. */
export type Constructor = (args: readonly Value[], interpreter: Interpreter) => Value;

/** What the parts of the interpreter need to know of its state. */
export interface Interpreter {
  /** Ends the reading with a FormatError that gives the place in the file. */
  fail(message: string): never;
  /** Accounts for `count` items, which a short file could make us copy again and again. Fails at the limit. */
  spend(count: number): void;
}

type Kind = Extract<Value, { kind: string }>['kind'];

export function isKind<K extends Kind>(
  value: Value | undefined,
  kind: K,
): value is Extract<Value, { kind: K }> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

/** What a value is, in a word or two for messages. */
export function describe(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return 'a single number';
  return value.kind === 'global' || value.kind === 'opaque' ? printable(value.name) : `a ${value.kind}`;
}

/** Text of the file, made fit for a message: no control characters, not too long. */
export function printable(text: string): string {
  const short = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  return /^[\x20-\x7e\u00a0-\u{10ffff}]*$/u.test(short) ? short : JSON.stringify(short);
}
