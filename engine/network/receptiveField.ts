import { windowSpan, type SpatialAxis } from '../conv';
import type { ReceptiveField } from './analysis';
import type { Inferred } from './kinds/kind';
import type { OpenShape } from './network';

/** Along one axis: the pixels of the input that cell 0 depends on, and how far on those of the next cell lie. */
interface Reach {
  /** Counted from the input's first pixel; negative in padding. */
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** The pixels of the input image that the cells of a layer depend on. */
export interface Field {
  readonly vertical: Reach;
  readonly horizontal: Reach;
}

/** The field of a pixel of the network's input (N, C, H, W): itself. `undefined` for an input of another rank. */
export function inputField(shape: OpenShape): Field | undefined {
  const pixel: Reach = { first: 0, last: 0, step: 1 };
  return shape.length === 4 ? { vertical: pixel, horizontal: pixel } : undefined;
}

/** All pixels of the network's input. */
function wholeField([, , H, W]: OpenShape): Field | undefined {
  if (typeof H !== 'number' || typeof W !== 'number') return undefined;
  return { vertical: { first: 0, last: H - 1, step: 0 }, horizontal: { first: 0, last: W - 1, step: 0 } };
}

/**
 * The field of a layer's output from those of its inputs: Araujo, Norris and Sim, "Computing Receptive Fields of
 * Convolutional Neural Networks", Distill 2019; where branches meet, all that any of them sees.
 * @param input shape of the network's input
 */
export function outputField(
  fields: readonly (Field | undefined)[],
  { windows, whole }: Pick<Inferred, 'windows' | 'whole'>,
  input: OpenShape,
): Field | undefined {
  const known = fields.filter(field => field !== undefined);
  if (known.length < fields.length || known.length === 0) return undefined;
  if (whole) return wholeField(input);
  const field: Field = {
    vertical: known.map(({ vertical }) => vertical).reduce(union),
    horizontal: known.map(({ horizontal }) => horizontal).reduce(union),
  };
  if (!windows) return field;
  return {
    vertical: throughWindow(field.vertical, windows.vertical),
    horizontal: throughWindow(field.horizontal, windows.horizontal),
  };
}

function union(a: Reach, b: Reach): Reach {
  return {
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    step: Math.max(a.step, b.step),
  };
}

function throughWindow({ first, last, step }: Reach, axis: SpatialAxis): Reach {
  const start = first - axis.before * step;
  return {
    first: start,
    last: start + last - first + (windowSpan(axis) - 1) * step,
    step: step * axis.stride,
  };
}

/** The size of a field, as it is shown. */
export function fieldSize({ vertical, horizontal }: Field): ReceptiveField {
  return {
    height: vertical.last - vertical.first + 1,
    width: horizontal.last - horizontal.first + 1,
    strideH: vertical.step,
    strideW: horizontal.step,
  };
}
