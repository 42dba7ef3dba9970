import { poolingGeometry, type PoolingWindow, type TapReader, type WindowGeometry } from '../conv';
import { ShapeError } from '../errors';
import {
  averageGradientReader,
  averagePool,
  inputGradient,
  maxGradientReader,
  maxPool,
  type Work,
} from '../kernels';
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

  /** Reads the gradient of the windows of the last forward: what each tap gets of dout (N, C, OH, OW). */
  windowGradient(dout: Tensor): TapReader {
    const { geometry, out } = this.lastRun();
    if (!sameShape(dout.shape, out.shape)) {
      throw new ShapeError(
        `pool: dout must have the shape of out: dout ${compactShape(dout.shape)}, out ${compactShape(out.shape)}`,
      );
    }
    const gradient = dout.astype(out.dtype);
    return this.argMax
      ? maxGradientReader(gradient, this.argMax, geometry)
      : averageGradientReader(gradient, geometry, countsPad(this.options));
  }

  protected override *forwardWork(x: Tensor): Work<Tensor> {
    const geometry = this.geometry(x.shape);
    const input = x.astype(computeDType(x.dtype));
    const pooled = yield* this.options.kind === 'max'
      ? maxPool(input, geometry)
      : averagePool(input, geometry, countsPad(this.options));
    const { N, C, vertical, horizontal } = geometry;
    const out = pooled.rows.reshape([N, vertical.out, horizontal.out, C]).transpose([0, 3, 1, 2]);
    this.argMax = pooled.argMax;
    this.run = { x: input, geometry, out };
    return out;
  }

  protected override *backwardWork(dout: Tensor): Work<Tensor> {
    const { geometry, out } = this.lastRun();
    return yield* inputGradient(this.windowGradient(dout), geometry, out.dtype);
  }

  private lastRun(): PoolingRun {
    if (!this.run) throw new ShapeError('pool: backward needs a forward first');
    return this.run;
  }
}

/** Whether padding counts in the divisor of an average. */
export function countsPad({ countIncludePad = true }: PoolingOptions): boolean {
  return countIncludePad;
}
