import { convolutionGeometry, type ConvolutionOptions, type TapReader, type WindowGeometry } from '../conv';
import { dcolReader, kernels, paced, toRows } from '../kernels';
import { castLazily, computeDType, type LazyTensor, type Tensor } from '../tensor';
import { outputShape } from './convolution';
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

export function convolutionTensors(
  options: ConvolutionOptions,
  { inputs, parameters, dout: received }: LayerOperands,
  keep: Keep,
): ConvolutionTensors {
  const dtype = computeDType(inputs[0].dtype);
  const x = castLazily(inputs[0], dtype);
  const { W } = parameters;
  const b = 'b' in parameters ? parameters.b : undefined;
  const geometry = convolutionGeometry(x.shape, W.shape, options);
  const { N, FN, vertical, horizontal } = geometry;
  const convolve = async (signal: AbortSignal | undefined, bias: Tensor | null): Promise<Tensor> => {
    const [xNow, WNow] = await Promise.all([x.get(signal), W.get(signal)]);
    return paced(kernels().convolve(xNow, WNow, bias, geometry), signal);
  };
  const { out } = keep({ out: { shape: outputShape(geometry), dtype } }, async signal => ({
    out: await convolve(signal, (await b?.get(signal)) ?? null),
  }));
  const dotShape = [N * vertical.out * horizontal.out, FN];
  const { dot } = keep({ dot: { shape: dotShape, dtype } }, async signal => ({
    dot: await paced(toRows(await convolve(signal, null)), signal),
  }));

  const dout = castLazily(received, dtype);
  const { dW } = keep({ dW: { shape: W.shape, dtype } }, async signal => {
    const gradient = await dout.get(signal);
    return { dW: await paced(kernels().weightGradient(gradient, await x.get(signal), geometry), signal) };
  });
  const db =
    b &&
    keep({ db: { shape: b.shape, dtype } }, async signal => ({
      db: await paced(kernels().biasGradient(await dout.get(signal)), signal),
    })).db;
  const { dx } = keep({ dx: { shape: x.shape, dtype } }, async signal => {
    const gradient = await dout.get(signal);
    const work = kernels().convolutionInputGradient(gradient, await W.get(signal), geometry);
    return { dx: await paced(work, signal) };
  });
  const openDcol = async (signal?: AbortSignal): Promise<TapReader> => {
    const doutRows = await paced(toRows(await dout.get(signal)), signal);
    return dcolReader(doutRows, await W.get(signal), geometry);
  };
  return { geometry, x, W, b, dot, out, dout, dW, db, dx, openDcol };
}
