import { NOT_FINITE } from './colormap';
import { packed } from './colorScale';
import type { Domain } from './domain';

/** As `Rasteriser`, of the red, green and blue of the same cells. */
export type RgbRasteriser = (
  channels: readonly ArrayLike<number>[],
  offset: number,
  stride: number,
  count: number,
  pixels: Uint32Array,
  at: number,
) => void;

/** Mixes three values to a colour, each from black at the domain's least value to full light at its greatest. */
export function rgbRasteriser({ min, max }: Domain): RgbRasteriser {
  const factor = max > min ? 255 / (max - min) : 0;
  const [notFinite] = packed([NOT_FINITE.nan]);
  const level = (value: number): number => Math.max(0, Math.min(255, Math.round((value - min) * factor)));
  return ([reds, greens, blues], offset, stride, count, pixels, at) => {
    const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    for (let i = 0, from = offset; i < count; i++, from += stride) {
      const [red, green, blue] = [reds[from], greens[from], blues[from]];
      if (!Number.isFinite(red + green + blue)) {
        pixels[at + i] = notFinite;
        continue;
      }
      const byte = 4 * (at + i);
      bytes[byte] = level(red);
      bytes[byte + 1] = level(green);
      bytes[byte + 2] = level(blue);
      bytes[byte + 3] = 255;
    }
  };
}
