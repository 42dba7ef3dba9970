import { ShapeError } from '../../errors';
import { formatShape, Tensor } from '../../tensor';

/** Shares of red, green and blue in grey. Source: ITU-R BT.601, section 2.5.1. */
const LUMA = [0.299, 0.587, 0.114];

/**
 * An image as the input of a layer with `C` input channels: grey from colours, or grey repeated as colours.
 * @param image (1, 1 or 3, H, W), uint8 or uint16, as the image readers give it
 * @param scale `unit`: values from 0 to 1; `byte`: from 0 to 255
 * @returns (1, C, H, W) float32
 * @throws ShapeError if `image` is not an image, or C is neither 1 nor 3
 */
export function fitImage(image: Tensor, C: number, scale: 'unit' | 'byte'): Tensor {
  const [N, channels, H, W] = image.shape;
  if (image.shape.length !== 4 || N !== 1 || (channels !== 1 && channels !== 3)) {
    throw new ShapeError(`fitImage: an image is (1,1,H,W) or (1,3,H,W), this is ${formatShape(image.shape)}`);
  }
  if (C !== 1 && C !== 3) {
    throw new ShapeError(
      `fitImage: an image has 1 or 3 channels, ${C} are needed; take the input from a file of arrays`,
    );
  }
  const brightest = image.dtype === 'uint16' ? 0xffff : 0xff;
  const factor = (scale === 'unit' ? 1 : 0xff) / brightest;
  const values = image.numbers();
  const plane = H * W;
  const fitted = Tensor.zeros([1, C, H, W], 'float32');
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let c = 0; c < C; c++) {
      const value =
        channels === C
          ? values[c * plane + pixel]
          : channels === 1
            ? values[pixel]
            : LUMA.reduce((sum, share, i) => sum + share * values[i * plane + pixel], 0);
      fitted.data[c * plane + pixel] = value * factor;
    }
  }
  return fitted;
}
