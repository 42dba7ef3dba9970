import { ShapeError } from '../errors';
import { compactShape, type Shape } from '../tensor';
import type { Extents } from './arrangement';

/** A number for both spatial axes, or one each: [vertical, horizontal]. */
export type Pair = number | readonly [h: number, w: number];

/** Padding: one number, [vertical, horizontal], or [top, left, bottom, right]. */
export type Pad = Pair | readonly [top: number, left: number, bottom: number, right: number];

/** How windows move over the input. Everything but the window itself, whose size comes from the filters. */
export interface WindowAttributes {
  readonly stride?: Pair;
  readonly pad?: Pad;
  readonly dilation?: Pair;
}

/** Windows along one spatial axis. */
export interface SpatialAxis {
  /** Extent of the input without padding: H or W. */
  readonly size: number;
  /** Taps of the filter: FH or FW. */
  readonly window: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly dilation: number;
  /** Number of windows: OH or OW. */
  readonly out: number;
  /** Whether a last window that is only partly inside counts too (pooling's ceil mode). */
  readonly ceil: boolean;
}

/** The windows of a convolution or a pooling over x (N, C, H, W). Plain data: it may cross a message channel. */
export interface WindowGeometry {
  readonly N: number;
  readonly C: number;
  /** Number of filters. A pooling has one window per channel: FN = groups = C. */
  readonly FN: number;
  readonly groups: number;
  readonly vertical: SpatialAxis;
  readonly horizontal: SpatialAxis;
}

/** Both values of a {@link Pair}. */
export function asPair(value: Pair): readonly [number, number] {
  return typeof value === 'number' ? [value, value] : value;
}

/** A {@link Pad} as [top, left, bottom, right]. */
export function asPad(pad: Pad): readonly [number, number, number, number] {
  if (typeof pad === 'number') return [pad, pad, pad, pad];
  return pad.length === 2 ? [pad[0], pad[1], pad[0], pad[1]] : pad;
}

/** Input positions a window spans, gaps of the dilation included: dilation·(window − 1) + 1. */
export function windowSpan({ window, dilation }: Pick<SpatialAxis, 'window' | 'dilation'>): number {
  return dilation * (window - 1) + 1;
}

/** Extent of the input with its padding. */
export function paddedSize({ size, before, after }: Pick<SpatialAxis, 'size' | 'before' | 'after'>): number {
  return before + size + after;
}

/** Windows that cannot be laid over x. Says which operand or attribute is at fault, for whoever points at it. */
export class GeometryError extends ShapeError {
  constructor(
    /** A word for the kind of fault. */
    readonly fault: 'rank' | 'attribute' | 'windowTooLarge' | 'channels' | 'groups' | 'bias',
    readonly at: 'x' | 'W' | 'b' | 'window' | 'stride' | 'pad' | 'dilation' | 'groups',
    /** What is wrong, after the operation's name. */
    readonly reason: string,
    operation: string,
    /** The shapes that do not fit, unless the reason says them. */
    shapes?: string,
  ) {
    super(`${operation}: ${reason}${shapes === undefined ? '' : `: ${shapes}`}`);
  }
}

/**
 * Windows along one axis: ⌊(size + before + after − dilation·(window − 1) − 1) / stride⌋ + 1
 * (Dumoulin & Visin, "A guide to convolution arithmetic for deep learning", relationship 14; in the book
 * `OH = (H + 2·pad − FH) / stride + 1`). In ceil mode the division rounds up, but a window that would start in
 * the trailing padding is dropped, as PyTorch defines it.
 *
 * @param operation named in errors, with `letter` ('H' or 'W'), e.g. `conv`
 * @throws GeometryError if an attribute is impossible or the window is larger than the padded input
 */
export function spatialAxis(
  operation: string,
  letter: 'H' | 'W',
  axis: Omit<SpatialAxis, 'out'>,
): SpatialAxis {
  const { size, stride, before, after, dilation, window, ceil } = axis;
  const requireWhole = (at: GeometryError['at'], value: number, least: number): void => {
    if (!Number.isInteger(value) || value < least) {
      const name = at === 'window' ? `the window's F${letter}` : at;
      const reason = `${name} is ${value}, it must be a whole number of at least ${least}`;
      throw new GeometryError('attribute', at, reason, operation);
    }
  };
  requireWhole('window', window, 1);
  requireWhole('stride', stride, 1);
  requireWhole('dilation', dilation, 1);
  requireWhole('pad', before, 0);
  requireWhole('pad', after, 0);
  const room = paddedSize(axis) - windowSpan(axis);
  if (room < 0) {
    const pad = `a pad of at least ${Math.ceil((windowSpan(axis) - size) / 2)}`;
    const reason =
      `the window spans ${windowSpan(axis)} (F${letter} ${window}, dilation ${dilation}), ` +
      `but x has only ${letter} ${size} + pad ${before} + ${after} = ${paddedSize(axis)}: ` +
      `use ${dilation > 1 ? `${pad}, a smaller dilation` : pad} or a smaller window`;
    throw new GeometryError('windowTooLarge', 'window', reason, operation);
  }
  let out = (ceil ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  if (ceil && (out - 1) * stride >= size + before) out--;
  return { ...axis, out };
}

/** The formula of {@link spatialAxis} with its numbers, e.g. `OH = (28 + 2·0 − 5)/1 + 1 = 24`. */
export function sizeFormula(letter: 'H' | 'W', axis: SpatialAxis): string {
  const { size, before, after, dilation, window, stride, ceil, out } = axis;
  const pads = before === after ? `2·${before}` : `${before} + ${after}`;
  const span = dilation === 1 ? `${window}` : `(${dilation}·(${window} − 1) + 1)`;
  const quotient = `(${size} + ${pads} − ${span})/${stride}`;
  const exact = (paddedSize(axis) - windowSpan(axis)) % stride === 0;
  const rounded = exact ? quotient : ceil ? `⌈${quotient}⌉` : `⌊${quotient}⌋`;
  const windows = (paddedSize(axis) - windowSpan(axis)) / stride + 1;
  const dropped = ceil && out < Math.ceil(windows) ? ' − 1 (it would start in the padding)' : '';
  return `O${letter} = ${rounded} + 1${dropped} = ${out}`;
}

/** Where tap `t` of window `o` falls in the unpadded input; negative or ≥ size inside the padding. */
export function inputPosition({ stride, dilation, before }: SpatialAxis, o: number, t: number): number {
  return o * stride + t * dilation - before;
}

/**
 * Positions at the end of the unpadded input that no window reaches as the stride passes them by. Positions between
 * windows that are farther apart than they are long do not count: there are as many after each window.
 */
export function droppedBorder(axis: SpatialAxis): number {
  const { size, stride, out, window } = axis;
  const gap = Math.max(0, stride - windowSpan(axis));
  return Math.max(0, size - 1 - inputPosition(axis, out - 1, window - 1) - gap);
}

/** Whether the first or the last window lies in the padding with all its taps. */
export function hasWindowInPadding(axis: SpatialAxis): boolean {
  return inputPosition(axis, 0, axis.window - 1) < 0 || inputPosition(axis, axis.out - 1, 0) >= axis.size;
}

/**
 * The windows of filters of FH×FW over x (N, C, H, W).
 * @param operation named in errors, e.g. `conv`
 * @throws GeometryError if x is not 4-D or the windows do not fit
 */
export function windowGeometry(
  operation: string,
  xShape: Shape,
  filters: { readonly FN: number; readonly FH: number; readonly FW: number; readonly groups: number },
  { stride = 1, pad = 0, dilation = 1 }: WindowAttributes,
  ceil = false,
): WindowGeometry {
  if (xShape.length !== 4) {
    const reason = `x must have the four axes (N,C,H,W), it has the shape ${compactShape(xShape)}`;
    throw new GeometryError('rank', 'x', reason, operation);
  }
  const [N, C, H, W] = xShape;
  const [strideH, strideW] = asPair(stride);
  const [dilationH, dilationW] = asPair(dilation);
  const [top, left, bottom, right] = asPad(pad);
  const { FN, FH, FW, groups } = filters;
  return {
    N,
    C,
    FN,
    groups,
    vertical: spatialAxis(operation, 'H', {
      size: H,
      window: FH,
      stride: strideH,
      before: top,
      after: bottom,
      dilation: dilationH,
      ceil,
    }),
    horizontal: spatialAxis(operation, 'W', {
      size: W,
      window: FW,
      stride: strideW,
      before: left,
      after: right,
      dilation: dilationW,
      ceil,
    }),
  };
}

/** How many values each index variable of the layer takes. */
export function extentsOf({ N, C, FN, groups, vertical, horizontal }: WindowGeometry): Extents {
  return {
    n: N,
    f: FN,
    c: C,
    cg: C / groups,
    oh: vertical.out,
    ow: horizontal.out,
    fh: vertical.window,
    fw: horizontal.window,
    h: vertical.size,
    w: horizontal.size,
    hp: paddedSize(vertical),
    wp: paddedSize(horizontal),
  };
}

/** Whether the windows reach over any padding. */
export function hasPadding({ vertical, horizontal }: WindowGeometry): boolean {
  return vertical.before + vertical.after + horizontal.before + horizontal.after > 0;
}

/** A tap and the window in which it falls on a given input position. */
export interface Landing {
  readonly tap: number;
  readonly window: number;
}

/** The taps that fall on position `padded` of the padded input (counted from the edge of the padding), in tap order. */
export function landingsOn({ stride, dilation, window, out }: SpatialAxis, padded: number): Landing[] {
  const landings: Landing[] = [];
  for (let tap = 0; tap < window; tap++) {
    const start = padded - tap * dilation;
    if (start >= 0 && start % stride === 0 && start / stride < out)
      landings.push({ tap, window: start / stride });
  }
  return landings;
}
