import {
  COL_ARRANGEMENTS,
  extentsOf,
  hasPadding,
  inputPosition,
  paddedReader,
  type Arrangement,
} from '../conv';
import { averageDivisor } from '../kernels';
import { ravel, type Tensor } from '../tensor';
import {
  addTapSums,
  copyOf,
  createLayerArrays,
  given,
  padCell,
  stepper,
  sumOf,
  type Cell,
  type Explanation,
  type LayerTrace,
  type Position,
  type PositionReader,
  type Term,
} from '../trace';
import { countsPad, type Pooling, type PoolingRun } from './pooling';

/** The gradients of a pooling, computed when somebody first looks at one of them. */
export interface PoolingGradients {
  readonly dout: Tensor;
  readonly dx: Tensor;
}

const WINDOWS: Arrangement[number] = ['n', 'oh', 'ow', 'c'];
const MAPS: Arrangement = [['n'], ['c'], ['oh'], ['ow']];
const PIXELS: Arrangement = [['n'], ['c'], ['h'], ['w']];

/**
 * The steps and arrays of a pooling that went forward on the output of a convolution: its input is the array `out`,
 * its gradient is `dout`, and its own arrays are called `pool.…`.
 * @param gradients runs the way back, once
 */
export function tracePooling(
  name: string,
  pooling: Pooling,
  run: PoolingRun,
  gradients: () => Promise<PoolingGradients>,
): LayerTrace {
  const { x, out, geometry } = run;
  const { C, vertical, horizontal } = geometry;
  const { argMax, options } = pooling;
  const layer = createLayerArrays(name, extentsOf(geometry), out.dtype);
  const own = (array: string): string => `${name}.${array}`;
  const padded = hasPadding(geometry);
  const padding = options.kind === 'max' ? -Infinity : 0;
  const readTap = paddedReader(x.numbers(), geometry, padding);
  const tapOf = ({ n, c, fh, fw, oh, ow }: Position): number => readTap(n, c, fh, fw, oh, ow);
  const outOf = ({ n, c, oh, ow }: Position): number => out.numbers()[ravel([n, c, oh, ow], out.shape)];
  const pixelAt = (n: number, c: number, h: number, w: number): Cell =>
    h >= 0 && h < vertical.size && w >= 0 && w < horizontal.size
      ? layer.cell('out', { n, c, h, w }, x.numbers()[ravel([n, c, h, w], x.shape)])
      : padCell(padding);
  const pixel = (p: Position): Cell =>
    pixelAt(p.n, p.c, inputPosition(vertical, p.oh, p.fh), inputPosition(horizontal, p.ow, p.fw));

  layer.addTensor('out', { role: 'out', arrangement: PIXELS, explain: given }, x);
  if (padded) {
    const paddedPixel = (p: Position): Cell =>
      pixelAt(p.n, p.c, p.hp - vertical.before, p.wp - horizontal.before);
    layer.addVirtual(
      own('xPad'),
      {
        role: 'out',
        arrangement: [['n'], ['c'], ['hp'], ['wp']],
        scaleOf: 'out',
        explain: (p, self) => copyOf(self, paddedPixel(p)),
      },
      () => p => paddedPixel(p).value,
    );
  }
  for (const [array, arrangement] of [
    ['col', COL_ARRANGEMENTS.rows],
    ['windows', [WINDOWS, ['fh', 'fw']]],
  ] as const) {
    layer.addVirtual(
      own(array),
      { role: 'col', arrangement, scaleOf: 'out', explain: (p, self) => copyOf(self, pixel(p)) },
      () => tapOf,
    );
  }

  const winnerOf = ({ n, oh, ow, c }: Position): number | undefined =>
    argMax && Number(argMax.data[((n * vertical.out + oh) * horizontal.out + ow) * C + c]);
  function* candidates(p: Position): Generator<Term> {
    const winner = winnerOf(p);
    for (let fh = 0; fh < vertical.window; fh++)
      for (let fw = 0; fw < horizontal.window; fw++) {
        const at = { ...p, fh, fw };
        const from = pixel(at);
        const via = [layer.cell(own('windows'), at, from.value)];
        yield {
          factors: [from],
          value: from.value,
          via,
          ...(winner === fh * horizontal.window + fw ? { winner: true as const } : {}),
        };
      }
  }
  const explainPooled = (p: Position, cell: Cell): Explanation => {
    const { sum, ...terms } = sumOf(candidates(p));
    return options.kind === 'max'
      ? { cell, rule: 'max', ...terms }
      : {
          cell,
          rule: 'mean',
          ...terms,
          sum,
          divisor: averageDivisor(geometry, countsPad(options), p.oh, p.ow),
        };
  };
  if (argMax) {
    layer.addTensor(
      own('argMax'),
      {
        role: 'count',
        arrangement: [WINDOWS],
        dtype: 'int32',
        explain: (p, cell) => ({ ...explainPooled(p, cell), rule: 'argMax' }),
      },
      argMax,
    );
  }
  for (const [array, arrangement] of [
    [options.kind === 'max' ? 'max' : 'mean', [WINDOWS]],
    ['nhwc', [['n'], ['oh'], ['ow'], ['c']]],
  ] as const) {
    layer.addVirtual(
      own(array),
      { role: 'out', arrangement, scaleOf: own('out'), explain: explainPooled },
      () => outOf,
    );
  }
  layer.addTensor(own('out'), { role: 'out', arrangement: MAPS, explain: explainPooled }, out);

  const dcol = async (): Promise<PositionReader> => {
    const read = pooling.windowGradient((await gradients()).dout);
    return p => read(p.n, p.c, p.fh, p.fw, p.oh, p.ow);
  };
  /** What a tap got of dout: all of it for the winner of a maximum, nothing for the others, a share for an average. */
  const explainTap = async (p: Position, cell: Cell): Promise<Explanation> => {
    const { dout } = await gradients();
    const from = layer.cell(own('dout'), p, Number(dout.data[ravel([p.n, p.c, p.oh, p.ow], out.shape)]));
    if (options.kind === 'average') {
      return {
        cell,
        rule: 'mean',
        terms: [{ factors: [from], value: from.value }],
        termCount: 1,
        sum: from.value,
        divisor: averageDivisor(geometry, countsPad(options), p.oh, p.ow),
      };
    }
    return winnerOf(p) === p.fh * horizontal.window + p.fw
      ? copyOf(cell, from)
      : { cell, rule: 'sum', terms: [], termCount: 0, sum: 0 };
  };

  layer.addTensor(
    own('dout'),
    { role: 'gradient', arrangement: MAPS, explain: given },
    async () => (await gradients()).dout,
  );
  for (const [array, arrangement] of [
    [options.kind === 'max' ? 'dmax' : 'dmean', [WINDOWS, ['fh', 'fw']]],
    ['dcol', COL_ARRANGEMENTS.rows],
  ] as const) {
    layer.addVirtual(
      own(array),
      { role: 'gradient', arrangement, scaleOf: own('dout'), explain: explainTap },
      dcol,
    );
  }
  addTapSums(layer, geometry, {
    names: { dcol: own('dcol'), dxPartial: own('dxPartial'), overlap: own('overlap'), dx: 'dout' },
    dtype: out.dtype,
    dcol,
    dx: async () => (await gradients()).dx,
  });

  const step = stepper(name);
  const pooled = options.kind === 'max' ? 'max' : 'mean';
  return {
    info: { name, kind: options.kind === 'max' ? 'maxPooling' : 'averagePooling', geometry },
    arrays: layer.arrays,
    forward: [
      ...(padded ? [step('forward', 'pad', ['out'], [own('xPad')])] : []),
      step('forward', 'im2col', [padded ? own('xPad') : 'out'], [own('col')]),
      step('forward', 'reshape', [own('col')], [own('windows')]),
      step('forward', pooled, [own('windows')], [...(argMax ? [own('argMax')] : []), own(pooled)]),
      step('forward', 'reshape', [own(pooled)], [own('nhwc')]),
      step('forward', 'transpose', [own('nhwc')], [own('out')]),
    ],
    backward: [
      step(
        'backward',
        `d${pooled}`,
        [own('dout'), ...(argMax ? [own('argMax')] : [])],
        [own(`d${pooled}`), own('dcol')],
      ),
      step(
        'backward',
        'col2im',
        [own('dcol')],
        [own('dxPartial'), own('overlap'), ...(padded ? [] : ['dout'])],
      ),
      ...(padded ? [step('backward', 'crop', [own('dxPartial')], ['dout'])] : []),
    ],
  };
}
