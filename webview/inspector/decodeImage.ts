import type { BrowserImageType } from '../../engine';
import { MAX_PIXELS } from '../../engine/formats/limits';
import { t } from '../l10n';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha of each pixel, row by row. */
  readonly rgba: ArrayBuffer;
}

/**
 * The pixels of an image that only the browser reads; of a moving one, of its first picture. Colours stay as they are in
 * the file.
 * @throws Error saying what is wrong with it
 */
export async function decodeImage(type: BrowserImageType, bytes: ArrayBuffer): Promise<Pixels> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  }).catch(() => {
    throw new Error(t('The image cannot be decoded ({0}); it is damaged or truncated.', type));
  });
  const { width, height } = bitmap;
  try {
    if (width * height > MAX_PIXELS)
      throw new Error(t('The image has {0}×{1} pixels, at most {2} are read.', width, height, MAX_PIXELS));
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new Error(t('There is not enough memory for {0}×{1} pixels.', width, height));
    context.drawImage(bitmap, 0, 0);
    return { width, height, rgba: context.getImageData(0, 0, width, height).data.buffer };
  } finally {
    bitmap.close();
  }
}
