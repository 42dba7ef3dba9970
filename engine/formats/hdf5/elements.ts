import type { H5ClassName, H5Module, H5Type } from '../../../node_modules/h5wasm/dist/esm/hdf5_util.js';
import type { DType, Shape } from '../../tensor';

/** Numbers inside the elements of a dataset: the whole element, or a field of a compound one. */
export interface NumberField {
  /** Names of the fields that lead here; empty for a whole element. */
  readonly path: readonly string[];
  readonly storedType: string;
  readonly dtype: DType;
  /** First byte inside the element as the library hands it out. */
  readonly offset: number;
  /** Axes of an array inside the element; usually none. */
  readonly axes: Shape;
  readonly littleEndian: boolean;
  /** The same in the file: the library turns most numbers round. */
  readonly storedLittleEndian: boolean;
}

/** A text, or what is shown as one, inside the elements of a dataset. */
export interface TextField {
  readonly path: readonly string[];
  readonly storedType: string;
  readonly offset: number;
  /** Bytes of it; undefined for a text of any length, whose address is at `offset`. */
  readonly length?: number;
  /** Of a sequence of numbers of any length; their count and their address are at `offset`. */
  readonly items?: Pick<NumberField, 'dtype' | 'littleEndian'>;
}

/** What the elements of a dataset consist of. */
export interface ElementFields {
  readonly numbers: readonly NumberField[];
  readonly texts: readonly TextField[];
  readonly unread: readonly { readonly path: readonly string[]; readonly reason: string }[];
  /** Elements point to memory of their own, which has to be freed. */
  readonly ownMemory: boolean;
  /** The library cannot make the elements little-endian, and calls that a failure. */
  readonly keepOrder: boolean;
}

/** Fields of fields of … that are looked into. */
const MAX_DEPTH = 16;

/** What the elements of a dataset or attribute of `type` consist of. */
export function elementFields({ H5T_class_t }: H5Module, type: H5Type): ElementFields {
  const numbers: NumberField[] = [];
  const texts: TextField[] = [];
  const unread: { path: readonly string[]; reason: string }[] = [];
  const classOf = ({ type }: H5Type): H5ClassName | undefined =>
    CLASSES.find(name => H5T_class_t[name].value === type);
  const converted = isConverted(type, classOf);
  let ownMemory = false;

  const visit = (part: H5Type, path: readonly string[], offset: number, axes: Shape): void => {
    const kind = classOf(part);
    const dtype = numberType(kind, part);
    const items = part.vlen_type && numberType(classOf(part.vlen_type), part.vlen_type);
    ownMemory ||= part.vlen || kind === 'H5T_VLEN';
    if (kind === 'H5T_COMPOUND' && axes.length === 0 && path.length < MAX_DEPTH) {
      const members = part.compound_type?.members ?? [];
      const names = isComplex(members) ? ['real', 'imag'] : members.map(({ name }) => name);
      members.forEach((member, i) => visit(member, [...path, names[i]], offset + member.offset, []));
    } else if (kind === 'H5T_ARRAY' && part.array_type) {
      visit(part.array_type, path, offset, [...axes, ...part.array_type.shape]);
    } else if (dtype) {
      const littleEndian = part.littleEndian || converted;
      const storedLittleEndian = part.littleEndian;
      const storedType = storedNumber(part, kind, dtype);
      numbers.push({ path, storedType, dtype, offset, axes, littleEndian, storedLittleEndian });
    } else if (kind === 'H5T_STRING' && axes.length === 0) {
      const storedType = part.vlen ? 'string' : `S${part.size}`;
      texts.push({ path, storedType, offset, length: part.vlen ? undefined : part.size });
    } else if (items && axes.length === 0) {
      const storedType = `sequences of ${storedNumber(part.vlen_type, classOf(part.vlen_type), items)}`;
      texts.push({
        path,
        storedType,
        offset,
        items: { dtype: items, littleEndian: part.littleEndian || converted },
      });
    } else {
      unread.push({ path, reason: `its elements are ${describe(kind, part)}, which are not read` });
    }
  };
  visit(type, [], 0, []);
  const keepOrder = classOf(type) === 'H5T_ENUM' && !type.littleEndian;
  return { numbers, texts, unread, ownMemory, keepOrder };
}

const CLASSES: readonly H5ClassName[] = [
  'H5T_INTEGER',
  'H5T_FLOAT',
  'H5T_TIME',
  'H5T_STRING',
  'H5T_BITFIELD',
  'H5T_OPAQUE',
  'H5T_COMPOUND',
  'H5T_REFERENCE',
  'H5T_ENUM',
  'H5T_VLEN',
  'H5T_ARRAY',
];

function numberType(kind: H5ClassName | undefined, { size, signed, enum_type }: H5Type): DType | undefined {
  switch (kind) {
    case 'H5T_FLOAT':
      return ({ 2: 'float16', 4: 'float32', 8: 'float64' } as const)[size];
    case 'H5T_ENUM':
      if (size === 1 && isBool(enum_type?.members ?? {})) return 'bool';
      return integerType(size, signed);
    case 'H5T_INTEGER':
      return integerType(size, signed);
    case 'H5T_BITFIELD':
      return integerType(size, false);
    default:
      return undefined;
  }
}

function integerType(size: number, signed: boolean): DType | undefined {
  const types = { 1: 'int8', 2: 'int16', 4: 'int32', 8: 'int64' } as const;
  const unsigned = { 1: 'uint8', 2: 'uint16', 4: 'uint32', 8: 'uint64' } as const;
  return (signed ? types : unsigned)[size as keyof typeof types];
}

/** As h5py writes bools. */
function isBool(members: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(members);
  return names.length === 2 && members.FALSE === 0 && members.TRUE === 1;
}

/** As h5py writes complex numbers. */
function isComplex(members: readonly { readonly name: string }[]): boolean {
  return members.map(({ name }) => name).join() === 'r,i';
}

function storedNumber(type: H5Type, kind: H5ClassName | undefined, dtype: DType): string {
  const order = type.littleEndian || type.size === 1 ? '' : 'big-endian ';
  if (kind !== 'H5T_ENUM' || dtype === 'bool') return order + dtype;
  const members = Object.entries(type.enum_type?.members ?? {});
  const shown = members.slice(0, 8).map(([name, value]) => `${name}=${value}`);
  return `${order}${dtype} {${shown.join(', ')}${members.length > shown.length ? ', …' : ''}}`;
}

function describe(kind: H5ClassName | undefined, { size }: H5Type): string {
  switch (kind) {
    case 'H5T_REFERENCE':
      return 'references to other objects';
    case 'H5T_OPAQUE':
      return `opaque bytes (${size} each)`;
    case 'H5T_VLEN':
      return 'sequences of something other than numbers';
    case 'H5T_TIME':
      return 'times';
    case 'H5T_FLOAT':
      return `floating-point numbers of ${size} bytes`;
    case 'H5T_COMPOUND':
      return 'records inside arrays or too many levels of records';
    default:
      return `numbers of ${size} bytes`;
  }
}

/**
 * Whether the library turns the elements into little-endian ones: it does if their numbers are big-endian throughout,
 * but never for enumerations. Source: h5wasm, read_write_dataset_data; HDF5, H5T__get_order and H5T__set_order.
 */
function isConverted(type: H5Type, classOf: (type: H5Type) => H5ClassName | undefined): boolean {
  const kind = classOf(type);
  if (kind === 'H5T_ENUM') return false;
  if (kind !== 'H5T_COMPOUND') return true;
  const ordered = (part: H5Type): boolean[] => {
    const kind = classOf(part);
    if (kind === 'H5T_COMPOUND') return (part.compound_type?.members ?? []).flatMap(ordered);
    if (kind === 'H5T_ARRAY' && part.array_type) return ordered(part.array_type);
    const hasNone =
      (kind === 'H5T_STRING' && !part.vlen) || kind === 'H5T_OPAQUE' || kind === 'H5T_REFERENCE';
    return hasNone ? [] : [part.littleEndian];
  };
  return ordered(type).every(littleEndian => !littleEndian);
}
