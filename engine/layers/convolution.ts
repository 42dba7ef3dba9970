import {
  checkFilters,
  convolutionGeometry,
  extentsOf,
  type ConvolutionOptions,
  type WindowGeometry,
} from '../conv';
import { ShapeError } from '../errors';
import { kernels, type Work } from '../kernels';
import { compactShape, computeDType, sameShape, type Shape, type Tensor } from '../tensor';
import { Layer } from './layer';

/** What forward leaves behind for backward and for whoever looks. */
export interface ConvolutionRun {
  readonly x: Tensor;
  readonly geometry: WindowGeometry;
  /** (N, FN, OH, OW) */
  readonly out: Tensor;
}

/**
 * The convolution layer (cross-correlation, as in every framework) with the names of "Deep Learning from Scratch",
 * section 7.4.4. Computes in float64 if x is float64, in float32 otherwise.
 */
export class Convolution extends Layer {
  /** Gradients of the last backward: (FN, C/groups, FH, FW) and (FN,). `db` is undefined without a bias. */
  dW: Tensor | undefined;
  db: Tensor | undefined;
  /** The last forward. */
  run: ConvolutionRun | undefined;

  /**
   * @param W filters (FN, C/groups, FH, FW)
   * @param b bias (FN,), or null for none
   * @throws ShapeError if W is not 4-D, b does not fit, or the filters cannot be split into the groups
   */
  constructor(
    readonly W: Tensor,
    readonly b: Tensor | null,
    readonly options: ConvolutionOptions = {},
  ) {
    super();
    checkFilters(W.shape, b?.shape);
  }

  /** The windows over an input of `xShape` (N, C, H, W). @throws ShapeError if W and x do not fit */
  geometry(xShape: Shape): WindowGeometry {
    return convolutionGeometry(xShape, this.W.shape, this.options);
  }

  protected override *forwardWork(x: Tensor): Work<Tensor> {
    const geometry = this.geometry(x.shape);
    const input = x.astype(computeDType(x.dtype));
    const out = yield* kernels().convolve(input, this.W, this.b, geometry);
    this.run = { x: input, geometry, out };
    return out;
  }

  protected override *backwardWork(dout: Tensor): Work<Tensor> {
    if (!this.run) throw new ShapeError('conv: backward needs a forward first');
    const { x, geometry, out } = this.run;
    if (!sameShape(dout.shape, out.shape)) {
      throw new ShapeError(
        `conv: dout must have the shape of out: dout ${compactShape(dout.shape)}, out ${compactShape(out.shape)}`,
      );
    }
    const gradient = dout.astype(out.dtype);
    this.db = this.b ? yield* kernels().biasGradient(gradient) : undefined;
    this.dW = yield* kernels().weightGradient(gradient, x, geometry);
    return yield* kernels().convolutionInputGradient(gradient, this.W, geometry);
  }
}

/** Shape of out (N, FN, OH, OW). */
export function outputShape(geometry: WindowGeometry): Shape {
  const { n, f, oh, ow } = extentsOf(geometry);
  return [n, f, oh, ow];
}
