import { FormatError, UnsupportedError } from '../../errors';
import { Tensor } from '../../tensor';
import { MAX_PIXELS } from '../limits';

/**
 * Checks the size an image claims before anything is allocated for it.
 * @throws FormatError if it is empty, UnsupportedError if it is too large
 */
export function checkImageSize(format: string, width: number, height: number): void {
  if (width === 0 || height === 0)
    throw new FormatError(format, `the image is ${width}×${height} pixels, so it is empty`);
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 0 || height < 0)
    throw new FormatError(format, `no image is ${width}×${height} pixels`);
  if (width * height > MAX_PIXELS) {
    throw new UnsupportedError(
      `${format}: ${width}×${height} pixels are too many (at most ${MAX_PIXELS}); make the image smaller`,
    );
  }
}

/**
 * Interleaved samples as planes.
 * @param samples (H, W, all channels) in C order
 * @param channels how many of the `stride` samples of a pixel to take, from the first
 * @returns (1, channels, H, W) in the samples' type
 */
export function toPlanes(
  samples: Uint8Array | Uint8ClampedArray | Uint16Array,
  width: number,
  height: number,
  channels: number,
  stride: number,
): Tensor {
  const planes = Tensor.zeros(
    [1, channels, height, width],
    samples instanceof Uint16Array ? 'uint16' : 'uint8',
  );
  const pixels = width * height;
  for (let c = 0; c < channels; c++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      planes.data[c * pixels + pixel] = samples[pixel * stride + c];
    }
  }
  return planes;
}
