import { arrayOf, explain, IndexError, throwIfCancelled } from '../../../engine';
import type { Handlers, RunRequest } from '../../../webview/protocol';
import { arrayHandlers } from '../arrays/arrayHandlers';
import { arrayInfos } from '../arrays/arrayInfo';
import type { EngineRequests, RunRequests, StartedRun } from './engineRequests';
import type { LayerFile } from '../files/filtersFirst';
import { runLayer, type LayerRun } from './runLayer';

type RunQuestions = Pick<EngineRequests, keyof RunRequests | 'run/close'>;

/** The runs that panels look at, by number, and the answers to all questions about their arrays. */
export interface Runs {
  readonly handlers: Handlers<RunQuestions>;
  start(
    request: RunRequest,
    open: (file: string) => Promise<LayerFile>,
    signal: AbortSignal,
  ): Promise<StartedRun>;
}

export function createRuns(): Runs {
  const runs = new Map<number, LayerRun>();
  let nextRun = 1;

  const traceOf = (run: number): LayerRun['trace'] => {
    const found = runs.get(run);
    if (!found) throw new IndexError('this run is closed; run the layer again');
    return found.trace;
  };

  return {
    handlers: {
      ...arrayHandlers<{ run: number }>(({ run, array }) => arrayOf(traceOf(run), array).source),
      'run/close': ({ run }) => void runs.delete(run),
      'cell/explain': ({ run, array, index }, signal) => explain(traceOf(run), array, index, signal),
    },

    async start(request, open, signal) {
      const layerRun = await runLayer(request, open, signal);
      throwIfCancelled(signal); // nobody would close it
      const { trace, weights, input, notes } = layerRun;
      const run = nextRun++;
      runs.set(run, layerRun);
      const { layers, steps } = trace;
      return {
        run,
        notes,
        summary: { request, weights, input, layers, steps, arrays: arrayInfos(trace.arrays) },
      };
    },
  };
}
