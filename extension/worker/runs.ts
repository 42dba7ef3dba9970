import {
  arrayOf,
  explain,
  formatTensor,
  IndexError,
  ShapeError,
  sizeOf,
  statsOf,
  throwIfCancelled,
} from '../../engine';
import { writeNpy } from '../../engine/formats';
import { toWire, type ArrayInfo, type Handlers, type RunRequest } from '../../webview/protocol';
import type { EngineRequests, StartedRun } from './engineRequests';
import type { OpenedFile } from './openFiles';
import { reducePlane } from './reducePlane';
import { runLayer, type LayerRun } from './runLayer';

/** Elements that are put into one text; the clipboard and its readers choke on more. */
const MAX_TEXT_ELEMENTS = 1_000_000;

type ArrayRequests = Omit<EngineRequests, 'file/index' | 'file/thumbnails' | 'run/start'>;

/** The runs that panels look at, by number, and the answers to all questions about their arrays. */
export interface Runs {
  readonly handlers: Handlers<ArrayRequests>;
  start(
    request: RunRequest,
    open: (file: string) => Promise<OpenedFile>,
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
  const sourceOf = (run: number, array: string) => arrayOf(traceOf(run), array).source;

  return {
    handlers: {
      'run/close': ({ run }) => void runs.delete(run),
      'array/read': async ({ run, array, region }, signal) =>
        toWire(await sourceOf(run, array).read(region, signal)),
      'array/reduce': ({ run, ...plane }, signal) => reducePlane(sourceOf(run, plane.array), plane, signal),
      'array/stats': ({ run, array, region }, signal) => statsOf(sourceOf(run, array), { region, signal }),
      'cell/explain': ({ run, array, index }) => explain(traceOf(run), array, index),
      'array/npy': async ({ run, array, region }, signal) =>
        writeNpy(await sourceOf(run, array).read(region, signal)).buffer,
      'array/text': async ({ run, array, region }, signal) => {
        const elements = sizeOf(region.map(({ count }) => count));
        if (elements > MAX_TEXT_ELEMENTS) {
          throw new ShapeError(
            `copy: ${elements.toLocaleString('en')} numbers are too many for the clipboard ` +
              `(at most ${MAX_TEXT_ELEMENTS.toLocaleString('en')}): save them as .npy`,
          );
        }
        const tensor = await sourceOf(run, array).read(region, signal);
        return formatTensor(tensor, { style: 'repr', threshold: Infinity });
      },
    },

    async start(request, open, signal) {
      const layerRun = await runLayer(request, open, signal);
      throwIfCancelled(signal); // nobody would close it
      const { trace, weights, input, notes } = layerRun;
      const run = nextRun++;
      runs.set(run, layerRun);
      const arrays = [...trace.arrays].map(([name, { source, role, arrangements, scaleOf }]): ArrayInfo => ({
        name,
        dtype: source.dtype,
        shape: source.shape,
        role,
        arrangements,
        scaleOf,
      }));
      const { layers, steps } = trace;
      return { run, notes, summary: { request, weights, input, layers, steps, arrays } };
    },
  };
}
