import type { Shape, Tensor } from '../tensor';
import type { LayerTrace, Trace, TraceArray } from '../trace';
import type { Convolution } from './convolution';
import { traceConvolution } from './convolutionTrace';
import type { Pooling } from './pooling';
import { tracePooling } from './poolingTrace';

/** A convolution, and perhaps a pooling after it, with their input and the gradient that comes from above. */
export interface LayerRun {
  /** (N, C, H, W) */
  readonly x: Tensor;
  readonly convolution: Convolution;
  readonly pooling?: Pooling;
  /** Makes the gradient of the loss with respect to the last output, of that output's shape. */
  readonly dout: (outputShape: Shape) => Tensor;
}

/**
 * Runs the layers forward and records every step; the way back is run when one of its arrays is first read.
 * @throws ShapeError if the shapes do not fit, CancelledError if `signal` is aborted
 */
export async function traceLayer(
  { x, convolution, pooling, dout }: LayerRun,
  signal?: AbortSignal,
): Promise<Trace> {
  const out = await convolution.forwardPaced(x, signal);
  const pooled = await pooling?.forwardPaced(out, signal);
  const upstream = dout((pooled ?? out).shape);

  const poolGradients = once(async () => ({
    dout: upstream,
    dx: pooling ? await pooling.backwardPaced(upstream) : upstream,
  }));
  const gradients = once(async () => {
    const { dx: received } = await poolGradients();
    const ownDout = received.astype(out.dtype);
    const dx = await convolution.backwardPaced(ownDout);
    const { dW, db } = convolution;
    if (!dW) throw new Error('internal: backward left no dW');
    return { dout: ownDout, dW, db, dx };
  });

  const layers: LayerTrace[] = [];
  if (convolution.run) layers.push(traceConvolution('conv', convolution, convolution.run, gradients));
  if (pooling?.run) layers.push(tracePooling('pool', pooling, pooling.run, poolGradients));
  return joinLayers(layers);
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

/** Calls `make` at most once; a failed call is tried again at the next. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
