import { poolingGeometry, type PoolingWindow, type TapReader, type WindowGeometry } from '../conv';
import { ShapeError } from '../errors';
import { averageGradientReader, kernels, maxGradientReader, type Work } from '../kernels';
import { compactShape, computeDType, sameShape, type Shape, type Tensor } from '../tensor';
import { Layer } from './layer';

export interface PoolingOptions extends PoolingWindow {
  readonly kind: 'max' | 'average';
  /** Whether padding counts in the divisor of an average (PyTorch's default: yes). */
  readonly countIncludePad?: boolean;
}

/** What forward leaves behind for backward and for whoever looks. */
export interface PoolingRun {
  readonly x: Tensor;
  readonly geometry: WindowGeometry;
  /** (N, C, OH, OW) */
  readonly out: Tensor;
}

/** The pooling layer, with the names of "Deep Learning from Scratch", section 7.4.5. */
export class Pooling extends Layer {
  /** Of the last max pooling: flat index of the winner inside each window, (N·OH·OW·C,) int32, channels fastest. */
  argMax: Tensor | undefined;
  /** The last forward. */
  run: PoolingRun | undefined;

  constructor(readonly options: PoolingOptions) {
    super();
  }

  /** The windows over an input of `xShape` (N, C, H, W). @throws ShapeError if they do not fit */
  geometry(xShape: Shape): WindowGeometry {
    return poolingGeometry(xShape, this.options);
  }

  protected override *forwardWork(x: Tensor): Work<Tensor> {
    const geometry = this.geometry(x.shape);
    const input = x.astype(computeDType(x.dtype));
    const { out, argMax } = yield* this.options.kind === 'max'
      ? kernels().maxPool(input, geometry)
      : averagePoolWork(input, geometry, this.options);
    this.argMax = argMax;
    this.run = { x: input, geometry, out };
    return out;
  }

  protected override *backwardWork(dout: Tensor): Work<Tensor> {
    const { geometry, out } = this.lastRun();
    if (!sameShape(dout.shape, out.shape)) {
      throw new ShapeError(
        `pool: dout must have the shape of out: dout ${compactShape(dout.shape)}, out ${compactShape(out.shape)}`,
      );
    }
    return yield* poolingInputGradient(dout.astype(out.dtype), this.argMax, this.options, geometry);
  }

  private lastRun(): PoolingRun {
    if (!this.run) throw new ShapeError('pool: backward needs a forward first');
    return this.run;
  }
}

/** Average pooling forward: out (N, C, OH, OW). */
export function* averagePoolWork(
  x: Tensor,
  geometry: WindowGeometry,
  options: PoolingOptions,
): Work<{ out: Tensor; argMax?: undefined }> {
  return { out: yield* kernels().averagePool(x, geometry, countsPad(options)) };
}

/**
 * Reads what each tap of a window gets of dout (N, C, OH, OW).
 * @param argMax the winners, of a max pooling
 */
export function windowGradient(
  dout: Tensor,
  argMax: Tensor | undefined,
  options: PoolingOptions,
  geometry: WindowGeometry,
): TapReader {
  return argMax
    ? maxGradientReader(dout, argMax, geometry)
    : averageGradientReader(dout, geometry, countsPad(options));
}

/**
 * Gradient of the input: dx (N, C, H, W) of dout (N, C, OH, OW).
 * @param argMax the winners, of a max pooling
 */
export function* poolingInputGradient(
  dout: Tensor,
  argMax: Tensor | undefined,
  options: PoolingOptions,
  geometry: WindowGeometry,
): Work<Tensor> {
  if (argMax) return yield* kernels().maxInputGradient(dout, argMax, geometry);
  return yield* kernels().averageInputGradient(dout, geometry, countsPad(options));
}

/** Whether padding counts in the divisor of an average. */
export function countsPad({ countIncludePad = true }: PoolingOptions): boolean {
  return countIncludePad;
}
