import { computeDType, ready, type LazyTensor, type Shape, type Tensor } from '../tensor';
import type { LayerTrace, Trace, TraceArray } from '../trace';
import { outputShape, type Convolution } from './convolution';
import type { Pooling } from './pooling';
import type { RunningLayer } from './runningLayer';
import { startConvolution } from './startConvolution';
import { startNamedPooling } from './startPooling';
import { createTensorStore } from './tensorStore';

/** A convolution, and perhaps a pooling after it, with their input and the gradient that comes from above. */
export interface LayerRun {
  /** (N, C, H, W) */
  readonly x: Tensor;
  readonly convolution: Convolution;
  readonly pooling?: Pooling;
  /** Makes the gradient of the loss with respect to the last output, of that output's shape, when it is first read. */
  readonly dout: (outputShape: Shape) => Tensor;
}

/**
 * Runs the layers forward and records every step; of the way back, each array is computed when it is first read. The
 * arrays have the convolution's names; of the pooling, `out` and `dout` are its input and that one's gradient, and its
 * own are called `pool.…`.
 * @throws ShapeError if the shapes do not fit, UnsupportedError if an output is too large to be computed,
 *   CancelledError if `signal` is aborted
 */
export async function traceLayer(
  { x, convolution, pooling, dout }: LayerRun,
  signal?: AbortSignal,
): Promise<Trace> {
  const { keep } = createTensorStore();
  const convShape = outputShape(convolution.geometry(x.shape));
  const outShape = pooling ? outputShape(pooling.geometry(convShape)) : convShape;
  const dtype = computeDType(x.dtype);
  const { dout: upstream } = keep({ dout: { shape: outShape, dtype } }, () =>
    Promise.resolve({ dout: dout(outShape).astype(dtype) }),
  );
  // Each of the two layers needs a tensor of the other.
  const received: LazyTensor = {
    shape: convShape,
    dtype: upstream.dtype,
    get: abort => (pooled ? pooled.dx[0] : upstream).get(abort),
  };
  const { W, b, options } = convolution;
  const parameters = { W: ready(W), ...(b ? { b: ready(b) } : {}) };
  const convolved = startConvolution(
    'conv',
    options,
    { inputs: [ready(x)], parameters, dout: received },
    keep,
  );
  const pooled: RunningLayer | undefined =
    pooling &&
    startNamedPooling(
      'pool',
      pooling.options,
      { inputs: [convolved.out], parameters: {}, dout: upstream },
      keep,
      nameInTrace,
    );
  const layers = pooled ? [convolved, pooled] : [convolved];
  await layers[layers.length - 1].out.get(signal);
  return joinLayers(layers.map(layer => layer.trace));
}

function nameInTrace(array: string): string {
  if (array === 'x') return 'out';
  return array === 'dx' ? 'dout' : `pool.${array}`;
}

/** Layers one after the other as one trace: all forward steps, then the backward ones in reverse order of the layers. */
function joinLayers(layers: readonly LayerTrace[]): Trace {
  const steps = [
    ...layers.flatMap(layer => layer.forward),
    ...[...layers].reverse().flatMap(layer => layer.backward),
  ];
  const arrays = new Map<string, TraceArray>();
  for (const layer of layers) {
    const ownSteps = [...layer.forward, ...layer.backward];
    for (const [name, array] of layer.arrays) {
      const other = arrays.get(name);
      // An array that two layers share is explained by the one that makes it.
      const maker = other && !ownSteps.some(step => step.outputs.includes(name)) ? other : array;
      arrays.set(name, { ...maker, arrangements: { ...other?.arrangements, ...array.arrangements } });
    }
  }
  return { layers: layers.map(layer => layer.info), steps, arrays };
}
