import {
  CancelledError,
  formatFloat,
  formatShape,
  IndexError,
  isFloat,
  rangeOf,
  sizeOf,
  slicedSource,
  wholeAxis,
  type ArraySource,
  type DType,
  type NamedValue,
  type Value,
} from '../../../engine';
import type { ShownValue, ShownVariable } from './sessionRequests';

/** Milliseconds that the ranges of one list of arrays may take together; those of the others are shown on demand. */
const PATIENCE_MS = 25;

/** Elements of an array that is waited for: they take no time worth counting. */
const SMALL = 1 << 16;

/** The end of the time that ranges may take. */
interface Patience {
  readonly signal: AbortSignal;
  /** The array, which cannot be read any more when the time is over: while it is read no timer may have its turn. */
  read(source: ArraySource): ArraySource;
}

function createPatience(): Patience {
  const end = performance.now() + PATIENCE_MS;
  return {
    signal: AbortSignal.timeout(PATIENCE_MS),
    read: source => ({
      ...source,
      read(...asked) {
        if (performance.now() > end) throw new CancelledError();
        return source.read(...asked);
      },
    }),
  };
}

/** An array whose items can be asked for. */
interface Expandable {
  readonly source: ArraySource;
  /** The expression that gave it, or the array it is an item of, and where it lies in that. */
  readonly base: string;
  readonly index: readonly number[];
}

/** Values of a session in words, and the arrays among them by number. */
export interface SessionValues {
  show(value: Value, expression: string, signal: AbortSignal): Promise<ShownValue>;
  showAll(values: readonly NamedValue[], signal: AbortSignal): Promise<ShownVariable[]>;
  /** An array that was shown, with its range, however long that takes. @throws IndexError if it is not known any more */
  showRange(handle: number, signal: AbortSignal): Promise<string>;
  /** Rows of an array, or numbers of its last axis. @throws IndexError if it is not known any more */
  items(handle: number, start: number, count: number, signal: AbortSignal): Promise<ShownVariable[]>;
  /** Forgets the arrays: the session has moved. */
  clear(): void;
}

export function createSessionValues(): SessionValues {
  const shown = new Map<number, Expandable>();
  const ranges = new WeakMap<ArraySource, string>();
  let nextHandle = 1;

  const expandable = (handle: number): Expandable => {
    const found = shown.get(handle);
    if (!found) throw new IndexError('the session has moved on; look at the array again');
    return found;
  };
  const rangeText = async (
    source: ArraySource,
    signal: AbortSignal,
    patience?: Patience,
  ): Promise<string> => {
    const known = ranges.get(source);
    if (known !== undefined) return known;
    const text = await (patience && sizeOf(source.shape) > SMALL
      ? describeRange(patience.read(source), AbortSignal.any([signal, patience.signal]))
      : describeRange(source, signal));
    ranges.set(source, text);
    return text;
  };
  const showArray = async (
    array: Expandable,
    signal: AbortSignal,
    patience: Patience,
  ): Promise<ShownValue> => {
    const { source } = array;
    const range = await rangeText(source, signal, patience).catch((error: unknown) => {
      if (error instanceof CancelledError && !signal.aborted) return undefined;
      throw error;
    });
    const handle = nextHandle++;
    shown.set(handle, array);
    return {
      text: headOf(source) + (range ?? ''),
      type: `${source.dtype} array`,
      array: { handle, count: source.shape[0], isPartial: range === undefined },
    };
  };
  const show = async (
    value: Value,
    expression: string,
    signal: AbortSignal,
    patience = createPatience(),
  ): Promise<ShownValue> => {
    if (value.kind !== 'array') return { text: scalarText(value), type: typeOf(value) };
    const { source } = value;
    if (source.shape.length > 0) return showArray({ source, base: expression, index: [] }, signal, patience);
    return shownNumber((await source.read([], signal)).data[0], source.dtype);
  };

  return {
    show: (value, expression, signal) =>
      show(value, isName(expression) ? expression : `(${expression})`, signal),
    async showAll(values, signal) {
      const patience = createPatience();
      const all: ShownVariable[] = [];
      // The smallest first: they shall not go without their ranges because a large one takes long.
      for (const [i, { name, value, expression, settable }] of bySize(values)) {
        all[i] = { ...(await show(value, expression, signal, patience)), name, expression, settable };
      }
      return all;
    },
    async showRange(handle, signal) {
      const { source } = expandable(handle);
      return headOf(source) + (await rangeText(source, signal));
    },
    async items(handle, start, count, signal) {
      const { source, base, index } = expandable(handle);
      const [extent, ...rest] = source.shape;
      const taken = Math.max(0, Math.min(count, extent - start));
      const items: ShownVariable[] = [];
      const add = (position: number, value: ShownValue): void => {
        const expression = `${base}[${[...index, position].join(', ')}]`;
        items.push({ ...value, name: `[${position}]`, expression, settable: false });
      };
      if (rest.length === 0) {
        const { data } = await source.read([{ start, count: taken, step: 1 }], signal);
        data.forEach((value: number | bigint, i: number) => add(start + i, shownNumber(value, source.dtype)));
        return items;
      }
      const patience = createPatience();
      for (let position = start; position < start + taken; position++) {
        const region = [{ start: position, count: 1, step: 1 }, ...rest.map(wholeAxis)];
        const kept = rest.map((_, axis) => axis + 1);
        const row = slicedSource(source, { region, kept }, `${source.name}[${position}]`);
        add(position, await showArray({ source: row, base, index: [...index, position] }, signal, patience));
      }
      return items;
    },
    clear: () => shown.clear(),
  };
}

/** The values with their places in the list, arrays after all others. */
function bySize(values: readonly NamedValue[]): [number, NamedValue][] {
  const size = ({ value }: NamedValue): number => (value.kind === 'array' ? sizeOf(value.source.shape) : 0);
  return [...values.entries()].sort(([, a], [, b]) => size(a) - size(b));
}

/** Whether an item can be asked of it as it stands. */
function isName(expression: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(expression);
}

function headOf({ shape, dtype }: ArraySource): string {
  return `${formatShape(shape)} ${dtype}`;
}

/** `  -1.25 … 3.5, mean 0.125, 2 NaN`; nothing of an array without elements. */
async function describeRange(source: ArraySource, signal: AbortSignal): Promise<string> {
  const { count, min, max, mean, nan, posInf, negInf } = await rangeOf(source, signal);
  if (count === 0) return '';
  const parts = [`  ${short(min)} … ${short(max)}`, `mean ${short(mean)}`];
  if (nan > 0) parts.push(`${nan} NaN`);
  if (posInf + negInf > 0) parts.push(`${posInf + negInf} ±Inf`);
  return parts.join(', ');
}

/** Enough digits to compare ranges by. */
function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

function shownNumber(value: number | bigint, dtype: DType): ShownValue {
  return { text: numberText(value, dtype), type: dtype };
}

/** All the digits that tell it from every other number of its dtype. */
function numberText(value: number | bigint, dtype: DType | undefined): string {
  return dtype && isFloat(dtype) ? formatFloat(Number(value), dtype) : String(value);
}

function scalarText(value: Exclude<Value, { kind: 'array' }>): string {
  switch (value.kind) {
    case 'number':
      return numberText(value.value, value.dtype);
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'text':
      return value.value;
    case 'tuple':
      return tupleText(value.items);
  }
}

function tupleText(items: readonly Value[]): string {
  const words = items.map(item => (item.kind === 'array' ? headOf(item.source) : scalarText(item)));
  return words.length === 1 ? `(${words[0]},)` : `(${words.join(', ')})`;
}

function typeOf(value: Value): string {
  return value.kind === 'number' ? (value.dtype ?? 'int') : value.kind;
}
