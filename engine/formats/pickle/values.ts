import type { TorchType } from '../torch/types';
import type { ByteSource } from '../bytes/byteSource';
import type { Note, TensorEntry, TextEntry } from '../tensorFile';
import type { PickleReader } from './reader';

/**
 * What a pickle holds, as plain data. Names from the file are only ever keys of a Map or texts to compare, so nothing in
 * a file reaches a JavaScript function or prototype; what a value of a known class does with its state is our own code.
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
  | StorageObject
  | InertObject;

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
  /** What stands in for a call of it; a name that is not known has nothing. */
  readonly construct?: Constructor;
}

/** A NumPy dtype. BUILD adds what the code does not say. */
export interface DTypeObject {
  readonly kind: 'dtype';
  /** Kind and size, e.g. `f8`. */
  readonly code: string;
  byteOrder: string;
  /** The rest of its state: subarray, names, fields, item size, … */
  state: readonly Value[];
  /** Of dates, e.g. `ns`; empty for all else. */
  unit: string;
}

/** An array or a scalar of NumPy, a tensor of PyTorch. Some are made empty, and BUILD fills them. */
export interface ArrayObject {
  readonly kind: 'array';
  content: ArrayContent;
  /** Arrays that belong to it, by name: a mask, scales. */
  readonly parts: Map<string, Value>;
  /** What BUILD does, where it fills the array. */
  readonly build?: (array: ArrayObject, state: Value, machine: Machine) => Promise<void> | undefined;
}

/** What an array has to show under the name that it is given, or why there is nothing. */
export type ArrayContent = string | ((name: string) => ArrayEntries);

/** An array of records or of complex numbers is several entries, one of texts is none that holds numbers. */
export interface ArrayEntries {
  readonly tensors: readonly TensorEntry[];
  readonly texts?: readonly TextEntry[];
  readonly notes?: readonly Note[];
}

/** The memory behind tensors of PyTorch; several may share it. */
export interface StorageObject {
  readonly kind: 'storage';
  readonly type: TorchType;
  /** Elements. */
  readonly count: number;
  readonly bytes: ByteSource;
  readonly littleEndian: boolean;
}

/** An object of a class, or the result of a function, that we do not know: what Python would have been given. */
export interface InertObject {
  readonly kind: 'object';
  /** The class or the function. */
  readonly name: string;
  /** Its arguments, then what was appended to it. */
  readonly items: Value[];
  /** Its attributes, and what was set by key. */
  readonly entries: Map<Value, Value>;
}

/** Stands in for a call: makes the value that Python would have made. Calls nothing of the file's choosing. */
export type Constructor = (args: readonly Value[], machine: Machine) => Value | Promise<Value>;

/** What is known of the names in a pickle. */
export type Globals = ReadonlyMap<string, Constructor>;

/** What the parts of the interpreter need to know of its state. */
export interface Machine {
  /** Ends the reading with a FormatError that gives the place in the file. */
  fail(message: string): never;
  /** Accounts for `count` items, which a short file could make us copy again and again. Fails at the limit. */
  spend(count: number): void;
  readonly source: ByteSource;
  /** Stands at the next opcode, or at what else lies between the opcodes. */
  readonly reader: PickleReader;
  /** The value of another pickle at `start` of `source`, and the position after it. It counts towards the same limits. */
  nested(
    source: ByteSource,
    start: number,
    persistent?: PersistentIds,
  ): Promise<{ value: Value; end: number }>;
}

/** The values of persistent ids: of what is in the file, but not in the pickle. */
export type PersistentIds = (id: Value, machine: Machine) => Value;

type Kind = Extract<Value, { kind: string }>['kind'];

export function isKind<K extends Kind>(
  value: Value | undefined,
  kind: K,
): value is Extract<Value, { kind: K }> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

/** Whether nothing can be inside of it. */
export function isScalar(value: Value): value is null | boolean | number | bigint | string {
  return value === null || typeof value !== 'object';
}

/** An object that only records what the file says of it. */
export function inert(name: string, items: readonly Value[]): InertObject {
  return { kind: 'object', name, items: [...items], entries: new Map() };
}

/** An array that BUILD fills, or that needs no filling. */
export function arrayObject(content: ArrayContent, build?: ArrayObject['build']): ArrayObject {
  return { kind: 'array', content, parts: new Map(), build };
}
