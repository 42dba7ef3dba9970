import { encode } from 'fast-png';
import { ShapeError } from '../../errors';
import { formatShape, isFloat, type Tensor } from '../../tensor';
import { checkImageSize } from '../image/pixels';

/**
 * A plane as a grey PNG. Integers that fit into the depth (0 to 255, or to 65535) are kept as they are; other numbers
 * are mapped linearly, the least to black and the greatest to white. NaN and −Infinity become black, +Infinity white,
 * and so is an array black whose numbers are all equal.
 * @param tensor (H, W), or with more axes of extent 1
 * @param depth bits of a pixel
 * @throws ShapeError if it is no plane or empty, UnsupportedError if it is too large for an image
 */
export function writePng(tensor: Tensor, depth: 8 | 16): Uint8Array<ArrayBuffer> {
  const plane = [...tensor.shape];
  while (plane.length > 2 && plane.includes(1)) plane.splice(plane.indexOf(1), 1);
  if (plane.length !== 2) {
    throw new ShapeError(
      `png: a picture is (H,W), this is ${formatShape(tensor.shape)}; choose a slice with two axes`,
    );
  }
  const [height, width] = plane;
  checkImageSize('png', width, height);
  const white = 2 ** depth - 1;
  const data = (depth === 8 ? Uint8Array : Uint16Array).from(greys(tensor, white));
  return new Uint8Array(encode({ width, height, data, channels: 1, depth }));
}

/** The numbers as whole numbers from 0 to `white`. */
function greys(tensor: Tensor, white: number): Float64Array {
  const values = tensor.numbers();
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const kept = !isFloat(tensor.dtype) && min >= 0 && max <= white;
  const grey = (value: number): number => {
    if (kept) return value;
    if (!Number.isFinite(value)) return value === Infinity ? white : 0;
    return max > min ? Math.round(((value - min) / (max - min)) * white) : 0;
  };
  return Float64Array.from(values, grey);
}
