import { poolingGeometry, type TapReader, type WindowGeometry } from '../conv';
import { kernels, paced } from '../kernels';
import { castLazily, computeDType, type LazyTensor } from '../tensor';
import { outputShape } from './convolution';
import { averagePoolWork, poolingInputGradient, windowGradient, type PoolingOptions } from './pooling';
import type { Keep, LayerOperands } from './runningLayer';

/** Everything of a pooling that is held in memory once it is asked for. */
export interface PoolingTensors {
  readonly options: PoolingOptions;
  readonly geometry: WindowGeometry;
  /** (N, C, H, W) */
  readonly x: LazyTensor;
  /** (N, C, OH, OW) */
  readonly out: LazyTensor;
  /** Of a max pooling: flat index of the winner inside each window, (N·OH·OW·C,) int32, channels fastest. */
  readonly argMax: LazyTensor | undefined;
  /** (N, C, OH, OW) */
  readonly dout: LazyTensor;
  readonly dx: LazyTensor;
  /** Opens what each tap of a window gets of dout. */
  openWindowGradient(signal?: AbortSignal): Promise<TapReader>;
}

export function poolingTensors(
  options: PoolingOptions,
  { inputs, dout: received }: LayerOperands,
  keep: Keep,
): PoolingTensors {
  const dtype = computeDType(inputs[0].dtype);
  const x = castLazily(inputs[0], dtype);
  const dout = castLazily(received, dtype);
  const geometry = poolingGeometry(x.shape, options);
  const form = { shape: outputShape(geometry), dtype };
  const { N, C, vertical, horizontal } = geometry;
  const { out, argMax } =
    options.kind === 'max'
      ? keep(
          { out: form, argMax: { shape: [N * vertical.out * horizontal.out * C], dtype: 'int32' } },
          async signal => paced(kernels().maxPool(await x.get(signal), geometry), signal),
        )
      : {
          ...keep({ out: form }, async signal =>
            paced(averagePoolWork(await x.get(signal), geometry, options), signal),
          ),
          argMax: undefined,
        };
  const openWindowGradient = async (signal?: AbortSignal): Promise<TapReader> => {
    const gradient = await dout.get(signal);
    return windowGradient(gradient, await argMax?.get(signal), options, geometry);
  };
  const { dx } = keep({ dx: { shape: x.shape, dtype } }, async signal => {
    const gradient = await dout.get(signal);
    const winners = await argMax?.get(signal);
    return { dx: await paced(poolingInputGradient(gradient, winners, options, geometry), signal) };
  });
  return { options, geometry, x, out, argMax, dout, dx, openWindowGradient };
}
