import { convolutionGeometry, type ConvolutionOptions, type TapReader, type WindowGeometry } from '../conv';
import { biasGradient, convolutionInputGradient, dcolReader, paced, weightGradient } from '../kernels';
import { castLazily, computeDType, type LazyTensor, type Tensor } from '../tensor';
import { convolutionWork, outputShape } from './convolution';
import { toRows } from './rows';
import type { Keep, LayerOperands } from './runningLayer';

/** Everything of a convolution that is held in memory once it is asked for. Without a bias there is no `b` and `db`. */
export interface ConvolutionTensors {
  readonly geometry: WindowGeometry;
  /** (N, C, H, W) */
  readonly x: LazyTensor;
  /** (FN, C/groups, FH, FW) */
  readonly W: LazyTensor;
  /** (FN,) */
  readonly b: LazyTensor | undefined;
  /** col · colW (N·OH·OW, FN), before the bias. */
  readonly dot: LazyTensor;
  /** (N, FN, OH, OW) */
  readonly out: LazyTensor;
  /** (N, FN, OH, OW) */
  readonly dout: LazyTensor;
  readonly dW: LazyTensor;
  readonly db: LazyTensor | undefined;
  readonly dx: LazyTensor;
  /** Opens the gradient of col. */
  openDcol(signal?: AbortSignal): Promise<TapReader>;
}

/** @param keepsDot whether `dot` is kept with `out`, or computed on its own when somebody looks at it */
export function convolutionTensors(
  options: ConvolutionOptions,
  { inputs, parameters, dout: received }: LayerOperands,
  keep: Keep,
  keepsDot: boolean,
): ConvolutionTensors {
  const dtype = computeDType(inputs[0].dtype);
  const x = castLazily(inputs[0], dtype);
  const { W } = parameters;
  const b = 'b' in parameters ? parameters.b : undefined;
  const geometry = convolutionGeometry(x.shape, W.shape, options);
  const { N, FN, vertical, horizontal } = geometry;
  const forms = {
    dot: { shape: [N * vertical.out * horizontal.out, FN], dtype },
    out: { shape: outputShape(geometry), dtype },
  };
  const forward = async (signal?: AbortSignal) => {
    const [xNow, WNow, bNow] = await Promise.all([x.get(signal), W.get(signal), b?.get(signal) ?? null]);
    return paced(convolutionWork(xNow, WNow, bNow, geometry, dtype), signal);
  };
  const { dot, out } = keepsDot
    ? keep(forms, forward)
    : { ...keep({ out: forms.out }, forward), ...keep({ dot: forms.dot }, forward) };

  const dout = castLazily(received, dtype);
  const openDoutRows = async (signal?: AbortSignal): Promise<Tensor> =>
    paced(toRows(await dout.get(signal)), signal);
  const { dW } = keep({ dW: { shape: W.shape, dtype } }, async signal => {
    const doutRows = await openDoutRows(signal);
    return { dW: await paced(weightGradient(await x.get(signal), doutRows, geometry), signal) };
  });
  const db =
    b &&
    keep({ db: { shape: b.shape, dtype } }, async signal => ({
      db: await paced(biasGradient(await openDoutRows(signal)), signal),
    })).db;
  const { dx } = keep({ dx: { shape: x.shape, dtype } }, async signal => {
    const doutRows = await openDoutRows(signal);
    return { dx: await paced(convolutionInputGradient(doutRows, await W.get(signal), geometry), signal) };
  });
  const openDcol = async (signal?: AbortSignal): Promise<TapReader> => {
    const doutRows = await openDoutRows(signal);
    return dcolReader(doutRows, await W.get(signal), geometry);
  };
  return { geometry, x, W, b, dot, out, dout, dW, db, dx, openDcol };
}
