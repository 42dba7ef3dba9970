import { ExpressionError } from '../../errors';
import {
  cellRegion,
  isFloat,
  sameShape,
  Tensor,
  tensorSource,
  type ArraySource,
  type DType,
} from '../../tensor';
import type { Value } from '../session';

/** Members that an error names. */
const MOST_NAMED = 8;

/** Something with members: a layer, `saved`, `np`. */
export interface Namespace {
  readonly kind: 'namespace';
  /** In words, for errors: `the layer conv1`. */
  readonly title: string;
  member(name: string): Operand | undefined;
  readonly members: readonly string[];
  /** Whether members are named in brackets: `saved['out']`. */
  readonly bracketed?: boolean;
  /** What to do where it has no member yet. */
  readonly remedy?: string;
  /** What it stands for where a value is needed: `input` is also the input's array. */
  readonly value?: Operand;
}

/** What a function is called with. */
export interface Arguments {
  readonly positional: readonly Operand[];
  readonly named: ReadonlyMap<string, Operand>;
  readonly signal?: AbortSignal;
}

export interface Callable {
  readonly kind: 'function';
  readonly name: string;
  call(given: Arguments): Operand | Promise<Operand>;
}

/** Python's numbers have no type that matters beside an array's: they take on the array's. */
export type PythonNumber =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean };

export interface ArrayOperand {
  readonly kind: 'array';
  readonly source: ArraySource;
}

/** What the parts of an expression are. An array without axes is one of NumPy's numbers. */
export type Operand =
  | ArrayOperand
  | PythonNumber
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'tuple'; readonly items: readonly Operand[] }
  | { readonly kind: 'none' }
  | Namespace
  | Callable;

export const int = (value: number): Operand => ({ kind: 'int', value });
export const float = (value: number): Operand => ({ kind: 'float', value });
export const bool = (value: boolean): PythonNumber => ({ kind: 'bool', value });
export const text = (value: string): Operand => ({ kind: 'text', value });
export const tuple = (items: readonly Operand[]): Operand => ({ kind: 'tuple', items });
export const array = (source: ArraySource): ArrayOperand => ({ kind: 'array', source });
export const held = (tensor: Tensor): ArrayOperand => array(tensorSource('', tensor));
export const NONE: Operand = { kind: 'none' };

/**
 * A value as an array: one of Python's numbers without axes, a list of numbers, or of such lists, with them.
 * @throws ExpressionError of anything else
 */
export function asArray(operand: Operand): ArrayOperand {
  const value = valueOf(operand);
  switch (value.kind) {
    case 'array':
      return value;
    case 'int':
      return held(Tensor.from([value.value], [], 'int64'));
    case 'float':
      return held(Tensor.from([value.value], [], 'float64'));
    case 'bool':
      return held(Tensor.from([Number(value.value)], [], 'bool'));
    case 'tuple': {
      const { shape, values, whole } = leaves(value.items);
      return held(Tensor.from(values, shape, whole && values.length > 0 ? 'int64' : 'float64'));
    }
    default:
      throw new ExpressionError(`${describe(value)} is no array and no number`);
  }
}

/** The numbers of nested lists. @throws ExpressionError if they are not of equal length, or other things are in them */
function leaves(items: readonly Operand[]): { shape: number[]; values: number[]; whole: boolean } {
  const parts = items.map(item => {
    if (item.kind === 'int') return { shape: [], values: [item.value], whole: true };
    if (item.kind === 'float') return { shape: [], values: [item.value], whole: false };
    if (item.kind === 'tuple') return leaves(item.items);
    throw new ExpressionError(`a list of numbers is needed, with ${describe(item)} in it it is none`);
  });
  const shape = parts.at(0)?.shape ?? [];
  if (parts.some(part => !sameShape(part.shape, shape))) {
    throw new ExpressionError('the lists in a list must have the same length');
  }
  return {
    shape: [items.length, ...shape],
    values: parts.flatMap(part => part.values),
    whole: parts.every(part => part.whole),
  };
}

/** In words, for errors. */
export function describe(operand: Operand): string {
  switch (operand.kind) {
    case 'array':
      return operand.source.shape.length === 0 ? 'a number' : 'an array';
    case 'int':
    case 'float':
      return 'a number';
    case 'bool':
      return 'True or False';
    case 'text':
      return 'a text';
    case 'tuple':
      return 'a tuple';
    case 'none':
      return 'None';
    case 'namespace':
      return operand.title;
    case 'function':
      return `the function ${operand.name}`;
  }
}

/** What an operand stands for as a value. @throws ExpressionError of functions, layers and the like */
export function valueOf(operand: Operand): Exclude<Operand, Namespace | Callable> {
  if (operand.kind === 'namespace') {
    if (operand.value) return valueOf(operand.value);
    throw new ExpressionError(`${operand.title} is not a value${membersHint(operand.members)}`);
  }
  if (operand.kind === 'function') throw new ExpressionError(`${operand.name} is a function: call it`);
  return operand;
}

/** Some of what a namespace has, and how much more there is. */
function membersHint(members: readonly string[]): string {
  if (members.length === 0) return '';
  const more = members.length - MOST_NAMED;
  return `: it has ${members.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` … and ${more} more` : ''}`;
}

/** A number out of Python's or NumPy's; `undefined` for anything else. @throws CancelledError */
export async function numberOf(operand: Operand, signal?: AbortSignal): Promise<number | undefined> {
  if (operand.kind === 'int' || operand.kind === 'float') return operand.value;
  if (operand.kind === 'bool') return Number(operand.value);
  if (operand.kind !== 'array' || operand.source.shape.some(extent => extent !== 1)) return undefined;
  const cell = await operand.source.read(cellRegion(operand.source.shape.map(() => 0)), signal);
  return Number(cell.data[0]);
}

/** A whole number, as an index or an axis has to be. @throws ExpressionError, CancelledError */
export async function wholeOf(operand: Operand, what: string, signal?: AbortSignal): Promise<number> {
  const fractional = operand.kind === 'float' || (operand.kind === 'array' && isFloat(operand.source.dtype));
  const number = fractional ? undefined : await numberOf(operand, signal);
  if (number === undefined)
    throw new ExpressionError(`${what} must be a whole number, not ${describe(operand)}`);
  return number;
}

/** Whether Python takes an operand as true. @throws ExpressionError of arrays with several elements, CancelledError */
export async function truthOf(operand: Operand, signal?: AbortSignal): Promise<boolean> {
  const value = valueOf(operand);
  switch (value.kind) {
    case 'none':
      return false;
    case 'text':
      return value.value !== '';
    case 'tuple':
      return value.items.length > 0;
    default: {
      const number = await numberOf(value, signal);
      if (number === undefined) {
        throw new ExpressionError(
          'whether an array with several elements is true is not clear: use .any() or .all()',
        );
      }
      return number !== 0;
    }
  }
}

/** @throws CancelledError, ExpressionError of what is no value */
export async function toValue(operand: Operand, signal?: AbortSignal): Promise<Value> {
  const value = valueOf(operand);
  switch (value.kind) {
    case 'array': {
      const { source } = value;
      if (source.shape.length > 0) return value;
      return scalarValue(Number((await source.read([], signal)).data[0]), source.dtype);
    }
    case 'int':
      return { kind: 'number', value: value.value };
    case 'float':
      return { kind: 'number', value: value.value, dtype: 'float64' };
    case 'bool':
      return { kind: 'boolean', value: value.value };
    case 'text':
      return value;
    case 'none':
      return { kind: 'text', value: 'None' };
    case 'tuple': {
      const items: Value[] = [];
      for (const item of value.items) items.push(await toValue(item, signal));
      return { kind: 'tuple', items };
    }
  }
}

function scalarValue(value: number, dtype: DType): Value {
  return dtype === 'bool' ? { kind: 'boolean', value: value !== 0 } : { kind: 'number', value, dtype };
}
