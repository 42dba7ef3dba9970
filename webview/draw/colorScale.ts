import { LINEAR, scaled, shownRange, unscaled, type Scaling } from '../../engine';
import { COLORS, colormap, NOT_FINITE, NOT_POSITIVE, type ColormapName, type Rgb } from './colormap';
import type { Domain } from './domain';

/** What turns a value into a colour. */
export interface ColorScale {
  readonly colormap: ColormapName;
  readonly domain: Domain;
  /** Linear where left out. */
  readonly scaling?: Scaling;
}

/** A value's place in its colour map: 0 … 1, clamped; ½ where all values are equal. A diverging map has zero at ½. */
export function positionOf(scale: ColorScale, value: number): number {
  const { offset, factor } = linearMap(scale);
  return Math.min(1, Math.max(0, scaled(scale.scaling ?? LINEAR, value) * factor + offset));
}

/** Colour of one value. */
export function colorOf(scale: ColorScale, value: number): Rgb {
  if (Number.isNaN(value)) return NOT_FINITE.nan;
  if (value === Infinity) return NOT_FINITE.posInf;
  if (value === -Infinity) return NOT_FINITE.negInf;
  const position = positionOf(scale, value);
  if (Number.isNaN(position)) return NOT_POSITIVE;
  return colormap(scale.colormap).colors[Math.round(position * (COLORS - 1))];
}

/** Values of a scale at equal distances, from its least to its greatest: what a colour bar shows. */
export function valuesAlong(
  { domain, scaling = LINEAR }: Omit<ColorScale, 'colormap'>,
  count: number,
): Float64Array {
  const { min, max } = shownRange(scaling, domain);
  const from = scaled(scaling, min);
  const to = scaled(scaling, max);
  // Weighted ends: to − from may be over the greatest float.
  return Float64Array.from({ length: count }, (_, i) => {
    const part = i / (count - 1);
    return unscaled(scaling, from * (1 - part) + to * part);
  });
}

/** Writes the colours of `count` values from `values[offset]` on, `stride` apart, as opaque RGBA pixels into `pixels`. */
export type Rasteriser = (
  values: ArrayLike<number>,
  offset: number,
  stride: number,
  count: number,
  pixels: Uint32Array,
  at: number,
) => void;

/** The fast form of {@link colorOf}: one table look-up a value. */
export function rasteriser(scale: ColorScale): Rasteriser {
  const table = packed(colormap(scale.colormap).colors);
  const [nan, posInf, negInf, notPositive] = packed([
    NOT_FINITE.nan,
    NOT_FINITE.posInf,
    NOT_FINITE.negInf,
    NOT_POSITIVE,
  ]);
  const { factor, offset: shift } = linearMap(scale);
  const { scaling = LINEAR } = scale;
  const isLinear = scaling.kind === 'linear';
  return (values, offset, stride, count, pixels, at) => {
    for (let i = 0, from = offset; i < count; i++, from += stride) {
      const value = values[from];
      const position = (isLinear ? value : scaled(scaling, value)) * factor + shift;
      let pixel: number;
      if (position >= 0 && position <= 1) pixel = table[Math.round(position * (COLORS - 1))];
      else if (value === Infinity) pixel = posInf;
      else if (value === -Infinity) pixel = negInf;
      else if (Number.isNaN(value)) pixel = nan;
      else if (Number.isNaN(position)) pixel = notPositive;
      else pixel = table[position > 1 ? COLORS - 1 : 0];
      pixels[at + i] = pixel;
    }
  };
}

/** Position = place on the scaling · factor + offset. */
function linearMap({ colormap: name, domain, scaling = LINEAR }: ColorScale): {
  factor: number;
  offset: number;
} {
  const shown = shownRange(scaling, domain);
  const min = scaled(scaling, shown.min);
  const max = scaled(scaling, shown.max);
  // A logarithm has no zero that the middle could stand for.
  if (colormap(name).diverging && scaling.kind !== 'log') {
    const magnitude = Math.max(Math.abs(min), Math.abs(max));
    return { factor: magnitude > 0 ? 0.5 / magnitude : 0, offset: 0.5 };
  }
  // Halved first: max − min may be over the greatest float.
  const half = max / 2 - min / 2;
  const factor = 0.5 / half;
  return half > 0 && Number.isFinite(factor) ? { factor, offset: -min * factor } : { factor: 0, offset: 0.5 };
}

/** RGBA bytes in memory order, one 32-bit word a pixel. */
export function packed(colors: readonly Rgb[]): Uint32Array {
  return new Uint32Array(Uint8Array.from(colors.flatMap(color => [...color, 255])).buffer);
}
