import { compactShape, sameShape, type Shape } from '../tensor';
import {
  asPair,
  GeometryError,
  windowGeometry,
  type Pad,
  type Pair,
  type WindowAttributes,
  type WindowGeometry,
} from './geometry';

export interface ConvolutionOptions extends WindowAttributes {
  /** x's channels and the filters are split into this many groups that do not see one another. */
  readonly groups?: number;
}

/** The windows of a pooling. */
export interface PoolingWindow {
  /** Window size; `global` covers the whole input. */
  readonly size: Pair | 'global';
  /** Defaults to the window size, as in the book. */
  readonly stride?: Pair;
  /** Max pooling pads with −∞, so that padding never wins. */
  readonly pad?: Pad;
  /** Count a last window that is only partly inside. */
  readonly ceilMode?: boolean;
}

/**
 * Whether arrays can be the filters and the bias of a convolution.
 * @param wShape (FN, C/groups, FH, FW)
 * @param bShape (FN,), or left out for none
 * @throws GeometryError if not
 */
export function checkFilters(wShape: Shape, bShape?: Shape): void {
  if (wShape.length !== 4) {
    const reason = `W must have the four axes (FN,C,FH,FW), it has the shape ${compactShape(wShape)}`;
    throw new GeometryError('rank', 'W', reason, 'conv');
  }
  const [FN] = wShape;
  if (bShape && !sameShape(bShape, [FN])) {
    throw new GeometryError(
      'bias',
      'b',
      `b must have one value for each of the ${FN} filters`,
      'conv',
      `b ${compactShape(bShape)}, W ${compactShape(wShape)}`,
    );
  }
}

/**
 * The windows of filters W over x.
 * @param xShape (N, C, H, W)
 * @param wShape (FN, C/groups, FH, FW)
 * @throws GeometryError naming both shapes if they do not fit
 */
export function convolutionGeometry(
  xShape: Shape,
  wShape: Shape,
  { groups = 1, ...attributes }: ConvolutionOptions = {},
): WindowGeometry {
  const [FN, Cg, FH, FW] = wShape;
  const shapes = (): string => `x ${compactShape(xShape)}, W ${compactShape(wShape)}`;
  if (!Number.isInteger(groups) || groups < 1) {
    const reason = `groups is ${groups}, it must be a whole number of at least 1`;
    throw new GeometryError('attribute', 'groups', reason, 'conv');
  }
  if (FN % groups !== 0) {
    const reason = `${FN} filters cannot be split into ${groups} groups`;
    throw new GeometryError('groups', 'groups', reason, 'conv', shapes());
  }
  if (xShape.length === 4 && xShape[1] !== Cg * groups) {
    const inGroups = groups === 1 ? '' : ` in each of ${groups} groups`;
    const reason = `W has ${Cg} input channels${inGroups}, x has ${xShape[1]}`;
    throw new GeometryError('channels', 'W', reason, 'conv', shapes());
  }
  return windowGeometry('conv', xShape, { FN, FH, FW, groups }, attributes);
}

/**
 * The windows of a pooling over x (N, C, H, W): one for each channel.
 * @param operation named in errors
 * @throws GeometryError if they do not fit
 */
export function poolingGeometry(
  xShape: Shape,
  { size, stride, pad, ceilMode }: PoolingWindow,
  operation = 'pool',
): WindowGeometry {
  const [, C, H, W] = xShape;
  const [FH, FW] = size === 'global' ? [H, W] : asPair(size);
  return windowGeometry(
    operation,
    xShape,
    { FN: C, FH, FW, groups: C },
    { stride: stride ?? (size === 'global' ? 1 : [FH, FW]), pad },
    ceilMode,
  );
}
