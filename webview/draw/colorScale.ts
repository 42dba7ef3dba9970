import { COLORS, colormap, NOT_FINITE, type ColormapName, type Rgb } from './colormap';
import type { Domain } from './domain';

/** What turns a value into a colour. */
export interface ColorScale {
  readonly colormap: ColormapName;
  readonly domain: Domain;
}

/** A value's place in its colour map: 0 … 1, clamped; ½ where all values are equal. A diverging map has zero at ½. */
export function positionOf({ colormap: name, domain }: ColorScale, value: number): number {
  const { offset, factor } = linearMap(colormap(name).diverging, domain);
  return Math.min(1, Math.max(0, value * factor + offset));
}

/** Colour of one value. */
export function colorOf(scale: ColorScale, value: number): Rgb {
  if (Number.isNaN(value)) return NOT_FINITE.nan;
  if (value === Infinity) return NOT_FINITE.posInf;
  if (value === -Infinity) return NOT_FINITE.negInf;
  return colormap(scale.colormap).colors[Math.round(positionOf(scale, value) * (COLORS - 1))];
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
  const { diverging, colors } = colormap(scale.colormap);
  const table = packed(colors);
  const [nan, posInf, negInf] = packed([NOT_FINITE.nan, NOT_FINITE.posInf, NOT_FINITE.negInf]);
  const { factor, offset: shift } = linearMap(diverging, scale.domain);
  return (values, offset, stride, count, pixels, at) => {
    for (let i = 0, from = offset; i < count; i++, from += stride) {
      const value = values[from];
      const position = value * factor + shift;
      let pixel: number;
      if (position >= 0 && position <= 1) pixel = table[Math.round(position * (COLORS - 1))];
      else if (value === Infinity) pixel = posInf;
      else if (value === -Infinity) pixel = negInf;
      else if (Number.isNaN(value)) pixel = nan;
      else pixel = table[position > 1 ? COLORS - 1 : 0];
      pixels[at + i] = pixel;
    }
  };
}

/** Position = value · factor + offset. */
function linearMap(diverging: boolean, { min, max }: Domain): { factor: number; offset: number } {
  if (diverging) {
    const magnitude = Math.max(Math.abs(min), Math.abs(max));
    return { factor: magnitude > 0 ? 0.5 / magnitude : 0, offset: 0.5 };
  }
  // Halved first: max − min may be over the greatest float.
  const half = max / 2 - min / 2;
  const factor = 0.5 / half;
  return half > 0 && Number.isFinite(factor) ? { factor, offset: -min * factor } : { factor: 0, offset: 0.5 };
}

/** RGBA bytes in memory order, one 32-bit word a pixel. */
function packed(colors: readonly Rgb[]): Uint32Array {
  return new Uint32Array(Uint8Array.from(colors.flatMap(color => [...color, 255])).buffer);
}
