import {
  cellRegion,
  IndexError,
  INPUT,
  lazySource,
  type NetworkRun,
  type RunningLayer,
  type TraceArray,
} from '../../../engine';
import type { TraceSummary } from '../../../webview/protocol';
import { arrayInfos } from '../arrays/arrayInfo';

/** What the network is given, as an array of its own. */
function inputArrays({ input }: NetworkRun): ReadonlyMap<string, TraceArray> {
  const source = lazySource('out', input);
  const explain: TraceArray['explain'] = async (index, signal) => {
    const value = Number((await source.read(cellRegion(index), signal)).data[0]);
    return { cell: { array: source.name, index, value }, rule: 'given', terms: [], termCount: 0 };
  };
  return new Map([[source.name, { source, role: 'x', arrangements: {}, explain }]]);
}

/**
 * Steps and arrays of a layer by its own names; of the input (−1) its array.
 * @throws IndexError if there is no such layer, or it cannot run
 */
export function layerTrace(run: NetworkRun, layer: number): TraceSummary {
  if (layer === -1) return { layers: [], steps: [], arrays: arrayInfos(inputArrays(run)) };
  const { info, arrays, forward, backward } = runnableLayer(run, layer).trace;
  return { layers: [info], steps: [...forward, ...backward], arrays: arrayInfos(arrays) };
}

/** The array called `layer.array`, e.g. `conv1.out`, `input.out`. @throws IndexError if there is none */
export function networkArray(run: NetworkRun, name: string): TraceArray {
  const dot = name.lastIndexOf('.');
  const layer = name.slice(0, dot);
  const arrays =
    layer === INPUT
      ? inputArrays(run)
      : runnableLayer(
          run,
          run.network.layers.findIndex(candidate => candidate.name === layer),
        ).trace.arrays;
  const array = arrays.get(name.slice(dot + 1));
  if (!array)
    throw new IndexError(`there is no array '${name}'; ${layer} has ${[...arrays.keys()].join(', ')}`);
  return array;
}

function runnableLayer(run: NetworkRun, layer: number): RunningLayer {
  const { layers } = run.network;
  if (!(layer in layers)) throw new IndexError('the network has no such layer');
  if (layer >= run.runnable) {
    throw new IndexError(
      `${layers[layer].name} has not run: the shapes do not fit there, or in a layer before it`,
    );
  }
  return run.layer(layer);
}
