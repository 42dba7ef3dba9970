import { windowGeometry, type Arrangement, type WindowGeometry } from '../../conv';
import type { Shape } from '../../tensor';

const AXES: Arrangement = [['n'], ['c'], ['h'], ['w']];

/** The index variables along the axes of a tensor of up to four axes; of more there are no names for them. */
export function mapAxes({ length: rank }: Shape): Arrangement | undefined {
  return rank <= AXES.length ? AXES.slice(0, rank) : undefined;
}

/** What a layer over a tensor of any rank has for windows. */
interface Windows {
  /** `cell`: each output depends on one pixel; `channels`: on all channels of a pixel; `sample`: on all of a sample. */
  readonly over: 'cell' | 'channels' | 'sample';
  /** Channels of the output, where they are not those of the input. */
  readonly FN?: number;
}

/**
 * A tensor of any rank as what windows move over: (N, C) is (N, C, 1, 1), and what has more than four axes is
 * (N, all the rest, 1, 1). A layer that works cell by cell is a depthwise 1×1 window; one that mixes the channels a
 * 1×1 convolution; a fully connected one a convolution whose filters are as large as their input.
 */
export function mapGeometry(layer: string, shape: Shape, { over, FN }: Windows): WindowGeometry {
  const [N = 1, C = 1, H = 1, W = 1] =
    shape.length <= AXES.length
      ? shape
      : [shape[0], shape.slice(1).reduce((size, extent) => size * extent, 1)];
  const [FH, FW] = over === 'sample' ? [H, W] : [1, 1];
  const groups = over === 'cell' ? C : 1;
  return windowGeometry(layer, [N, C, H, W], { FN: FN ?? C, FH, FW, groups }, {});
}

/** The number of an axis from the first on; a negative one counts from the last. */
export function axisFromFirst(axis: number, { length: rank }: Shape): number {
  return axis < 0 ? axis + rank : axis;
}
