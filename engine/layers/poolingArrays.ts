import { COL_ARRANGEMENTS, hasPadding, inputPosition, type Arrangement } from '../conv';
import { averageDivisor } from '../kernels';
import { ravel } from '../tensor';
import {
  addTapSums,
  copyOf,
  given,
  padCell,
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

/** What an array of a pooling is called in its trace. */
export type PoolingNames = (array: string) => string;

const WINDOWS = ['n', 'oh', 'ow', 'c'] as const;
const MAPS: Arrangement = [['n'], ['c'], ['oh'], ['ow']];
const PIXELS: Arrangement = [['n'], ['c'], ['h'], ['w']];

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

function paddingOf({ options }: PoolingTensors): number {
  return options.kind === 'max' ? -Infinity : 0;
}

/** Opens the pixel of x at a place that may lie in the padding. */
async function openPixels(
  layer: LayerArrays,
  tensors: PoolingTensors,
  called: PoolingNames,
  signal?: AbortSignal,
): Promise<(n: number, c: number, h: number, w: number) => Cell> {
  const { x, geometry } = tensors;
  const { size: H } = geometry.vertical;
  const { size: W } = geometry.horizontal;
  const values = (await x.get(signal)).numbers();
  const padding = padCell(paddingOf(tensors));
  return (n, c, h, w) =>
    h >= 0 && h < H && w >= 0 && w < W
      ? layer.cell(called('x'), { n, c, h, w }, values[ravel([n, c, h, w], x.shape)])
      : padding;
}

/** {@link openPixels} under a tap of a window. */
async function openTaps(
  layer: LayerArrays,
  tensors: PoolingTensors,
  called: PoolingNames,
  signal?: AbortSignal,
): Promise<(position: Position) => Cell> {
  const { vertical, horizontal } = tensors.geometry;
  const pixel = await openPixels(layer, tensors, called, signal);
  return p => pixel(p.n, p.c, inputPosition(vertical, p.oh, p.fh), inputPosition(horizontal, p.ow, p.fw));
}

/** Adds x, padded and as windows. */
function addWindows(layer: LayerArrays, tensors: PoolingTensors, called: PoolingNames): void {
  const { x, geometry } = tensors;
  layer.addTensor(called('x'), { role: 'out', arrangement: PIXELS, explain: given }, x);
  if (hasPadding(geometry)) {
    const { vertical, horizontal } = geometry;
    const openPadded = async (signal?: AbortSignal): Promise<(position: Position) => Cell> => {
      const pixel = await openPixels(layer, tensors, called, signal);
      return p => pixel(p.n, p.c, p.hp - vertical.before, p.wp - horizontal.before);
    };
    layer.addVirtual(
      called('xPad'),
      {
        role: 'out',
        arrangement: [['n'], ['c'], ['hp'], ['wp']],
        scaleOf: called('x'),
        explain: async (p, self, signal) => copyOf(self, (await openPadded(signal))(p)),
      },
      async signal => {
        const pixel = await openPadded(signal);
        return p => pixel(p).value;
      },
    );
  }
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
        explain: async (p, self, signal) => copyOf(self, (await openTaps(layer, tensors, called, signal))(p)),
      },
      { x, geometry, padding: paddingOf(tensors) },
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
    const tap = await openTaps(layer, tensors, called, signal);
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
