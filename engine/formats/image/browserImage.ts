import { FormatError, UnsupportedError } from '../../errors';
import { decodedEntry, type Contents, type OpenContext } from '../tensorFile';
import { checkImageSize, toPlanes } from './pixels';

/** Images that only a browser's decoder reads. */
export type BrowserImageType = 'image/webp' | 'image/gif' | 'image/bmp' | 'image/png' | 'image/jpeg';

/** A whole image, not too large, in a form that our own decoder does not read, and a browser's does. */
export class BrowserImageError extends UnsupportedError {
  constructor(
    readonly type: BrowserImageType,
    message: string,
  ) {
    super(message);
  }
}

/** The type of an image that starts with these bytes (12 are enough), if only a browser reads that format. */
export function browserImageType(head: Uint8Array): BrowserImageType | undefined {
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (/^GIF8[79]a/.test(text)) return 'image/gif';
  if (/^RIFF[^]{4}WEBP/.test(text)) return 'image/webp';
  // Of a bitmap's header, two letters and four bytes that are always zero.
  return /^BM[^]{4}\0{4}/.test(text) ? 'image/bmp' : undefined;
}

/**
 * Pixels that a browser decoded, as an array (1, 3, H, W) uint8, or (1, 1, H, W) if all of them are grey. Transparency
 * is left out.
 * @param rgba red, green, blue, alpha of each pixel, row by row: 4·H·W bytes
 * @throws FormatError if there are fewer or more bytes, or none; UnsupportedError if the image is too large
 */
export function openPixels(
  { width, height, rgba }: { readonly width: number; readonly height: number; readonly rgba: Uint8Array },
  { name }: OpenContext,
): Contents {
  checkImageSize('image', width, height);
  if (rgba.length !== 4 * width * height) {
    throw new FormatError(
      'image',
      `${width}×${height} pixels take ${4 * width * height} bytes, these are ${rgba.length}`,
    );
  }
  const channels = isGrey(rgba) ? 1 : 3;
  const pixels = toPlanes(rgba, width, height, channels, 4);
  const isTransparent = rgba.some((value, i) => i % 4 === 3 && value < 0xff);
  return {
    tensors: [decodedEntry(name, 'uint8', pixels.shape, () => Promise.resolve(pixels))],
    notes: isTransparent ? [{ name: '', reason: 'its transparency (alpha) is left out' }] : [],
    metadata: [{ name: 'size', value: `${width}×${height} pixels` }],
  };
}

function isGrey(rgba: Uint8Array): boolean {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) return false;
  }
  return true;
}
