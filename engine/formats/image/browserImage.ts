import { ShapeError, UnsupportedError } from '../../errors';
import type { Contents, OpenContext } from '../tensorFile';

/** Images that only a browser's decoder reads. */
export type BrowserImageType = 'image/webp' | 'image/gif' | 'image/bmp';

/** The type of an image that starts with these bytes, if it is one of them. */
export function browserImageType(_head: Uint8Array): BrowserImageType | undefined {
  return undefined;
}

/**
 * Pixels that a browser decoded, as an array (1, 3, H, W) uint8.
 * @param rgba red, green, blue, alpha of each pixel, row by row: 4·H·W bytes
 */
export function openPixels(
  _pixels: { readonly width: number; readonly height: number; readonly rgba: Uint8Array },
  _context: OpenContext,
): Contents {
  if (_pixels.width < 0) throw new ShapeError('');
  throw new UnsupportedError('image: not read yet');
}
