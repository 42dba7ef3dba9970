import type { Pad, Pair } from '../../conv';
import type { Extent } from '../openShape';
import {
  LayerMisfit,
  type AttributeForm,
  type AttributeValue,
  type AttributeValues,
  type LayerKind,
} from './kind';

/** Larger attributes are mistakes, and sizes made with them would be beyond what numbers count exactly. */
const LARGEST = 2 ** 24;

/** NumPy's limit; more axes are a mistake. */
const MOST_AXES = 32;

const isWhole = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= LARGEST;

const isCount = (value: unknown): value is number => isWhole(value, 1);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isAxis = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

const isPair = (value: unknown): value is Pair =>
  isCount(value) || (Array.isArray(value) && value.length === 2 && value.every(isCount));

const isPad = (value: unknown): value is Pad =>
  isWhole(value, 0) ||
  (Array.isArray(value) &&
    (value.length === 2 || value.length === 4) &&
    value.every(extent => isWhole(extent, 0)));

/** Whether a value is an order of axes: each of 0 … n − 1 once. */
const isAxes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= MOST_AXES &&
  value.every((_, axis) => value.includes(axis));

const isShape = (value: unknown): value is readonly Extent[] =>
  Array.isArray(value) &&
  value.length <= MOST_AXES &&
  value.filter(extent => extent === -1).length <= 1 &&
  value.every(extent => extent === -1 || isCount(extent) || (typeof extent === 'string' && extent !== ''));

/** What an attribute of each form may be, in words that follow "must be". */
export const FORMS: Readonly<Record<AttributeForm, { is: (value: unknown) => boolean; words: string }>> = {
  count: { is: isCount, words: `a whole number from 1 to ${LARGEST}` },
  pair: { is: isPair, words: `a whole number from 1 to ${LARGEST}, or two: [vertical, horizontal]` },
  pad: {
    is: isPad,
    words:
      `a whole number from 0 to ${LARGEST}, or two: [vertical, horizontal], ` +
      `or four: [top, left, bottom, right]`,
  },
  number: { is: isNumber, words: 'a finite number' },
  boolean: { is: isFlag, words: 'true or false' },
  shape: { is: isShape, words: 'a list of sizes: whole numbers, names of open sizes, and at most one -1' },
  axes: { is: isAxes, words: 'an order of axes: each of 0, 1, 2 … once' },
  axis: { is: isAxis, words: 'a whole number; negative ones count from the last axis' },
};

/** The attributes of a layer, those left out by their defaults. */
export interface AttributeReader {
  /** Whether there is a value: given, or by default. */
  has(name: string): boolean;
  count(name: string): number;
  pair(name: string): Pair;
  pad(name: string): Pad;
  number(name: string): number;
  flag(name: string): boolean;
  shape(name: string): readonly Extent[];
  axes(name: string): readonly number[];
  axis(name: string): number;
}

/**
 * Reads attributes of a layer. Every method throws {@link LayerMisfit} at the attribute if it has to be given and is not.
 * @throws LayerMisfit at an attribute that is not of its form
 */
export function readAttributes(
  { type, attributes }: Pick<LayerKind, 'type' | 'attributes'>,
  given: AttributeValues,
): AttributeReader {
  const values = new Map<string, AttributeValue | undefined>();
  for (const { name, form, default: byDefault } of attributes) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined && !FORMS[form].is(value)) {
      const written = typeof value === 'number' ? `${value}` : JSON.stringify(value);
      throw new LayerMisfit(
        'attribute',
        name,
        `${type}: ${name} is ${written}, it must be ${FORMS[form].words}`,
      );
    }
    values.set(name, value ?? byDefault);
  }
  const read =
    <T>(is: (value: unknown) => value is T) =>
    (name: string): T => {
      const value = values.get(name);
      if (!is(value)) throw new LayerMisfit('missing', name, `${type}: ${name} must be given`);
      return value;
    };
  return {
    has: name => values.get(name) !== undefined,
    count: read(isCount),
    pair: read(isPair),
    pad: read(isPad),
    number: read(isNumber),
    flag: read(isFlag),
    shape: read(isShape),
    axes: read(isAxes),
    axis: read(isAxis),
  };
}
