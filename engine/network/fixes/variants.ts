import { asPair } from '../../conv';
import type { AttributeKind, AttributeValue } from '../kinds/kind';
import type { Extent, OpenShape } from '../openShape';

/** Another value for an attribute, and how far it is from the one that is there. */
export interface Variant {
  /** `undefined` leaves the attribute out. */
  readonly value: AttributeValue | undefined;
  readonly distance: number;
}

/** An order of axes, e.g. that in which a library stores filters. */
export interface Layout {
  /** Which axes of the array as stored are those that a layer takes, in its order. */
  readonly axes: readonly number[];
  readonly words: string;
}

/** Orders in which libraries store filters and weights, by the number of axes, and what is said of them. */
export const LAYOUTS: readonly Layout[] = [
  { axes: [3, 2, 0, 1], words: '(FH,FW,C,FN), as Keras and TensorFlow store filters' },
  { axes: [2, 3, 0, 1], words: '(FH,FW,C,1), as Keras stores the filters of depthwise layers' },
  { axes: [0, 3, 1, 2], words: '(FN,FH,FW,C), as TensorFlow Lite stores filters' },
  { axes: [1, 0, 2, 3], words: '(C,FN,FH,FW), as transposed convolutions store filters' },
  { axes: [1, 0], words: '(out,in), as PyTorch stores weights' },
];

/** Attributes that seldom are what was forgotten. */
const SELDOM: Readonly<Partial<Record<string, number>>> = { dilation: 2, groups: 3 };

const SMALL_STEPS = [1, 2, 3];

/**
 * Values worth trying in place of the one there is.
 * @param value what it is, which may be impossible: given, or by default
 * @param wanted sizes that the layers ask for: perhaps what was meant
 * @param input shape of what the layer takes
 */
export function variantsOf(
  { name, form, default: byDefault }: AttributeKind,
  { value, isGiven }: { value: AttributeValue | undefined; isGiven: boolean },
  wanted: readonly number[],
  input: OpenShape,
): Variant[] {
  const variants = byForm();
  if (value !== undefined && byDefault === undefined) variants.push({ value: undefined, distance: 0.9 });
  const farther = isGiven ? 0 : (SELDOM[name] ?? 0);
  return variants.map(variant => ({ ...variant, distance: variant.distance + farther }));

  function byForm(): Variant[] {
    switch (form) {
      case 'count':
        return near(scalarOf(value, 1), 1, wanted);
      case 'pair':
        return [...near(scalarOf(value, 1), 1, []), ...perAxis()];
      case 'pad':
        return [...near(scalarOf(value, 0), 0, wanted), ...uneven()];
      case 'boolean':
        return [{ value: value !== true, distance: 1 }];
      case 'number':
        return [];
      case 'axis':
        return input.map((_, axis) => ({ value: axis, distance: 1 + axis / 10 }));
      case 'axes':
        return name === 'wAxes' ? LAYOUTS.map(({ axes }) => ({ value: axes, distance: 0.1 })) : orders();
      case 'shape':
        return shapes();
    }
  }

  function perAxis(): Variant[] {
    if (!isPair(value)) return [];
    const [vertical, horizontal] = asPair(value);
    return SMALL_STEPS.flatMap(step => [
      { value: [step, horizontal], distance: Math.abs(step - vertical) },
      { value: [vertical, step], distance: Math.abs(step - horizontal) },
    ]);
  }

  function uneven(): Variant[] {
    return [1, 2].map(more => {
      const pad = scalarOf(value, 0);
      return { value: [pad, pad, pad + more, pad + more], distance: more + 0.5 };
    });
  }

  function orders(): Variant[] {
    const all = permutations(input.slice(1).map((_, axis) => axis + 1));
    return all.map(axes => ({ value: [0, ...axes], distance: 1 }));
  }

  function shapes(): Variant[] {
    const given: readonly Extent[] = Array.isArray(value) ? value : [];
    const replaced = given.flatMap((_, axis) => {
      const others = given.map(extent => (extent === -1 ? 1 : extent));
      return [{ value: others.with(axis, -1), distance: 1 }];
    });
    const first = input.slice(0, 1);
    return [...replaced, { value: [...first, -1], distance: 2 }];
  }
}

/** Whole numbers near one that may be anything. */
function near(value: number, least: number, wanted: readonly number[]): Variant[] {
  const sound = Number.isFinite(value) ? Math.min(Math.max(Math.round(value), least), 64) : least;
  const steps = [-3, -2, -1, 0, 1, 2, 3].map(step => sound + step);
  const numbers = new Set([...steps, ...[0, 1, 2, 3].map(step => least + step), ...wanted]);
  return [...numbers]
    .filter(number => number >= least && number !== value)
    .map(number => ({ value: number, distance: Math.min(Math.abs(number - sound), 8) }));
}

const isPair = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(item => typeof item === 'number');

/** One number for an attribute that may be a list. */
function scalarOf(value: AttributeValue | undefined, otherwise: number): number {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'number' ? first : otherwise;
}

function permutations(items: readonly number[]): number[][] {
  if (items.length > 3) return [];
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map(rest => [item, ...rest]));
}
