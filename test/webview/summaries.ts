import { Convolution, Pooling, Tensor, traceLayer, type PoolingOptions, type Trace } from '../../engine';
import { arrayInfos } from '../../extension/worker/arrays/arrayInfo';
import type { RunRequest, RunSummary, TraceSummary } from '../../webview/protocol';

/** A small layer: x (N,2,6,5), W (4,2,3,2), b (4,), values 0, 1, 2 … */
export async function smallTrace(request: Partial<RunRequest> = {}, N = 2): Promise<Trace> {
  const { stride, pad, dilation, groups = 1 } = request;
  const pool: PoolingOptions | null | undefined = request.pool;
  return traceLayer({
    x: Tensor.arange([N, 2, 6, 5], 'float64'),
    convolution: new Convolution(
      Tensor.arange([4, 2 / groups, 3, 2], 'float64'),
      Tensor.from([0.5, -1, 2, 0], [4], 'float64'),
      { stride, pad, dilation, groups },
    ),
    pooling: pool ? new Pooling(pool) : undefined,
    dout: shape => Tensor.full(shape, 1, 'float64'),
  });
}

/** The summary that the panel gets of {@link smallTrace}. */
export async function smallRun(request: Partial<RunRequest> = {}, N = 2): Promise<RunSummary> {
  return summarize(await smallTrace(request, N), request);
}

export function summarize(trace: Trace, request: Partial<RunRequest> = {}): RunSummary {
  return {
    request: { weights: { file: 'params.pkl' }, input: { file: 'digits.npz' }, ...request },
    weights: { name: 'W1', file: 'params.pkl' },
    input: { name: 'x', file: 'digits.npz' },
    ...summarizeTrace(trace),
    notes: [],
  };
}

/** Everything of a trace but its numbers. */
export function summarizeTrace({ layers, steps, arrays }: Trace): TraceSummary {
  return { layers, steps, arrays: arrayInfos(arrays) };
}
