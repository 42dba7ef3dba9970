import { compactShape, type Shape } from '../../engine';

/** How an array becomes the input of filters. */
export interface InputFit {
  /** The array with all four axes (N, C, H, W), before any conversion of its channels. */
  readonly shape: Shape;
  /** Channels that the convolution takes; other than C only for images, which are converted. */
  readonly channels: number;
  readonly groups: number;
  /** Whether the array's own first axis counts samples. */
  readonly batched: boolean;
}

/** A reason, in words and numbers, why an array cannot be the input. */
export interface Misfit {
  readonly reason: string;
}

/**
 * How an array of `shape` can be the input of filters W, if it can. A picture (H, W) gets a batch and a channel axis;
 * three axes are (C, H, W) where the first counts W's channels, and (N, H, W) where W takes one channel.
 *
 * @param weights shape of W (FN, C/groups, FH, FW)
 * @param isImage images are converted to the one (grey) or three (RGB) channels that W takes
 * @param groups taken from the channels where left out: x's channels over W's
 */
export function fitInput(shape: Shape, weights: Shape, isImage: boolean, groups?: number): InputFit | Misfit {
  const [FN, Cg] = weights;
  const shapes = `x ${compactShape(shape)}, W ${compactShape(weights)}`;
  if (shape.includes(0)) return { reason: `it is empty: x ${compactShape(shape)}` };
  const four = withFourAxes(shape, Cg * (groups ?? 1));
  if (!four) {
    return {
      reason:
        shape.length === 3
          ? `three axes must be (${Cg}, H, W) for these filters, or be given a fourth: ${shapes}`
          : `it has ${shape.length} ${shape.length === 1 ? 'axis' : 'axes'}, an input has (N, C, H, W): ${shapes}`,
    };
  }
  const [N, C] = four;
  const batched = shape.length === 4 || (shape.length === 3 && N === shape[0] && C === 1);
  if (isImage && C !== Cg * (groups ?? 1)) {
    const channels = Cg * (groups ?? 1);
    return channels === 1 || channels === 3
      ? { shape: four, channels, groups: groups ?? 1, batched }
      : { reason: `an image has 1 or 3 channels, W takes ${channels}: ${shapes}` };
  }
  const found = groups ?? C / Cg;
  if (C !== Cg * found || FN % found !== 0) {
    const grouped = found === 1 || groups === undefined ? '' : ` in each of ${found} groups`;
    return { reason: `it has ${C} ${C === 1 ? 'channel' : 'channels'}, W takes ${Cg}${grouped}: ${shapes}` };
  }
  return { shape: four, channels: C, groups: found, batched };
}

/** The shape with its missing axes of extent 1, or undefined where it is not clear which are missing. */
function withFourAxes(shape: Shape, channels: number): Shape | undefined {
  switch (shape.length) {
    case 4:
      return shape;
    case 3:
      if (shape[0] === channels) return [1, ...shape];
      return channels === 1 ? [shape[0], 1, shape[1], shape[2]] : undefined;
    case 2:
      return [1, 1, ...shape];
    default:
      return undefined;
  }
}
