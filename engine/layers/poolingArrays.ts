import { COL_ARRANGEMENTS, type Arrangement } from '../conv';
import { averageDivisor } from '../kernels';
import { ravel } from '../tensor';
import {
  addTapSums,
  copyOf,
  given,
  sumOf,
  type Cell,
  type Explanation,
  type LayerArrays,
  type Position,
  type PositionReader,
  type Term,
} from '../trace';
import { countsPad } from './pooling';
import type { PoolingTensors } from './poolingTensors';
import { addWindowedInput, openTaps, type WindowedInput } from './windowedInput';

/** What an array of a pooling is called in its trace. */
export type PoolingNames = (array: string) => string;

const WINDOWS = ['n', 'oh', 'ow', 'c'] as const;
const MAPS: Arrangement = [['n'], ['c'], ['oh'], ['ow']];

/** Adds what a pooling makes on the way forward, from x to out, and on the way back, from dout to dx. */
export function addPoolingArrays(layer: LayerArrays, tensors: PoolingTensors, called: PoolingNames): void {
  addWindows(layer, tensors, called);
  const { options, out, argMax } = tensors;
  const isMax = options.kind === 'max';
  const explain = explainPooled(layer, tensors, called);
  if (argMax) {
    layer.addTensor(
      called('argMax'),
      {
        role: 'count',
        arrangement: [WINDOWS],
        explain: async (p, self, signal) => ({ ...(await explain(p, self, signal)), rule: 'argMax' }),
      },
      argMax,
    );
  }
  for (const [array, arrangement] of [
    [isMax ? 'max' : 'mean', [WINDOWS]],
    ['nhwc', [['n'], ['oh'], ['ow'], ['c']]],
  ] as const) {
    layer.addVirtual(
      called(array),
      { role: 'out', arrangement, scaleOf: called('out'), rearranges: out, explain },
      signal => openMaps(tensors, 'out', signal),
    );
  }
  layer.addTensor(called('out'), { role: 'out', arrangement: MAPS, explain }, out);
  addGradients(layer, tensors, called);
}

/** Opens out or dout at n, c, oh, ow. */
async function openMaps(
  tensors: PoolingTensors,
  name: 'out' | 'dout',
  signal?: AbortSignal,
): Promise<PositionReader> {
  const maps = await tensors[name].get(signal);
  const values = maps.numbers();
  return ({ n, c, oh, ow }) => values[ravel([n, c, oh, ow], maps.shape)];
}

/** The x of a pooling. */
function inputOf({ x, geometry, options }: PoolingTensors, called: PoolingNames): WindowedInput {
  const padding = options.kind === 'max' ? -Infinity : 0;
  return { x, geometry, padding, names: { x: called('x'), xPad: called('xPad') } };
}

/** Adds x, padded and as windows. */
function addWindows(layer: LayerArrays, tensors: PoolingTensors, called: PoolingNames): void {
  const { x, geometry } = tensors;
  const input = inputOf(tensors, called);
  addWindowedInput(layer, 'out', input);
  for (const [array, arrangement] of [
    ['col', COL_ARRANGEMENTS.rows],
    ['windows', [WINDOWS, ['fh', 'fw']]],
  ] as const) {
    layer.addTaps(
      called(array),
      {
        role: 'col',
        arrangement,
        scaleOf: called('x'),
        explain: async (p, self, signal) => copyOf(self, (await openTaps(layer, input, signal))(p)),
      },
      { x, geometry, padding: input.padding },
    );
  }
}

/** Opens the number of the winner inside a window; there is none in an average. */
async function openWinners(
  { argMax, geometry }: PoolingTensors,
  signal?: AbortSignal,
): Promise<(position: Position) => number | undefined> {
  const { C, vertical, horizontal } = geometry;
  const winners = (await argMax?.get(signal))?.numbers();
  return ({ n, oh, ow, c }) => winners?.[((n * vertical.out + oh) * horizontal.out + ow) * C + c];
}

function explainPooled(layer: LayerArrays, tensors: PoolingTensors, called: PoolingNames) {
  const { geometry, options } = tensors;
  const { vertical, horizontal } = geometry;
  function* candidates(
    p: Position,
    tap: (position: Position) => Cell,
    winner: number | undefined,
  ): Generator<Term> {
    for (let fh = 0; fh < vertical.window; fh++)
      for (let fw = 0; fw < horizontal.window; fw++) {
        const at = { ...p, fh, fw };
        const from = tap(at);
        yield {
          factors: [from],
          value: from.value,
          via: [layer.cell(called('windows'), at, from.value)],
          ...(winner === fh * horizontal.window + fw ? { winner: true as const } : {}),
        };
      }
  }
  return async (p: Position, cell: Cell, signal?: AbortSignal): Promise<Explanation> => {
    const tap = await openTaps(layer, inputOf(tensors, called), signal);
    const { sum, ...terms } = sumOf(candidates(p, tap, (await openWinners(tensors, signal))(p)));
    if (options.kind === 'max') return { cell, rule: 'max', ...terms };
    const divisor = averageDivisor(geometry, countsPad(options), p.oh, p.ow);
    return { cell, rule: 'mean', ...terms, sum, divisor };
  };
}

function addGradients(layer: LayerArrays, tensors: PoolingTensors, called: PoolingNames): void {
  const { options, geometry, dout, dx } = tensors;
  /** What a tap got of dout: all of it for the winner of a maximum, nothing for the others, a share for an average. */
  const explainTap = async (p: Position, cell: Cell, signal?: AbortSignal): Promise<Explanation> => {
    const from = layer.cell(called('dout'), p, (await openMaps(tensors, 'dout', signal))(p));
    if (options.kind === 'average') {
      const divisor = averageDivisor(geometry, countsPad(options), p.oh, p.ow);
      return { ...copyOf(cell, from), rule: 'mean', sum: from.value, divisor };
    }
    return (await openWinners(tensors, signal))(p) === p.fh * geometry.horizontal.window + p.fw
      ? copyOf(cell, from)
      : { cell, rule: 'sum', terms: [], termCount: 0, sum: 0 };
  };
  const dcol = async (signal?: AbortSignal): Promise<PositionReader> => {
    const read = await tensors.openWindowGradient(signal);
    return p => read(p.n, p.c, p.fh, p.fw, p.oh, p.ow);
  };

  layer.addTensor(called('dout'), { role: 'gradient', arrangement: MAPS, explain: given }, dout);
  for (const [array, arrangement] of [
    [options.kind === 'max' ? 'dmax' : 'dmean', [WINDOWS, ['fh', 'fw']]],
    ['dcol', COL_ARRANGEMENTS.rows],
  ] as const) {
    layer.addVirtual(
      called(array),
      { role: 'gradient', arrangement, scaleOf: called('dout'), explain: explainTap },
      dcol,
    );
  }
  addTapSums(layer, geometry, {
    names: {
      dcol: called('dcol'),
      dxPartial: called('dxPartial'),
      overlap: called('overlap'),
      dx: called('dx'),
    },
    dcol,
    dx,
  });
}
