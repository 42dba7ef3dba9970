import {
  COL_ARRANGEMENTS,
  extentsOf,
  hasPadding,
  inputPosition,
  paddedReader,
  type Arrangement,
} from '../conv';
import { dcolReader } from '../kernels';
import { ravel, type Tensor } from '../tensor';
import {
  addTapSums,
  copyOf,
  createLayerArrays,
  given,
  padCell,
  product,
  rounding,
  stepper,
  sumOf,
  type Cell,
  type Explanation,
  type LayerArrays,
  type LayerTrace,
  type Position,
  type Term,
} from '../trace';
import type { Convolution, ConvolutionRun } from './convolution';
import { toRows } from './rows';

/** The gradients of a layer, computed when somebody first looks at one of them. */
export interface ConvolutionGradients {
  readonly dout: Tensor;
  readonly dx: Tensor;
}

const ROWS: Arrangement[number] = ['n', 'oh', 'ow'];
const TAPS: Arrangement[number] = ['cg', 'fh', 'fw'];
const MAPS: Arrangement = [['n'], ['f'], ['oh'], ['ow']];
const PIXELS: Arrangement = [['n'], ['c'], ['h'], ['w']];

/**
 * The steps and arrays of a convolution that went forward.
 * @param name the layer's name, e.g. `conv`
 * @param gradients runs the way back, once
 */
export function traceConvolution(
  name: string,
  convolution: Convolution,
  run: ConvolutionRun,
  gradients: () => Promise<ConvolutionGradients>,
): LayerTrace {
  const layer = createLayerArrays(name, extentsOf(run.geometry), run.out.dtype);
  const padded = hasPadding(run.geometry);
  addForward(layer, convolution, run, padded);
  addBackward(layer, convolution, run, gradients);

  const step = stepper(name);
  const source = padded ? 'xPad' : 'x';
  const biased = convolution.b ? 'sum' : 'dot';
  return {
    info: { name, kind: 'convolution', geometry: run.geometry },
    arrays: layer.arrays,
    forward: [
      ...(padded ? [step('forward', 'pad', ['x'], ['xPad'])] : []),
      step('forward', 'im2col', [source], ['col']),
      step('forward', 'filters', ['W'], ['colW']),
      step('forward', 'matmul', ['col', 'colW'], ['dot']),
      ...(convolution.b ? [step('forward', 'bias', ['dot', 'b'], ['sum'])] : []),
      step('forward', 'reshape', [biased], ['nhwc']),
      step('forward', 'transpose', ['nhwc'], ['out']),
    ],
    backward: [
      step('backward', 'dout', ['dout'], ['doutRows']),
      ...(convolution.b ? [step('backward', 'db', ['doutRows'], ['db'])] : []),
      step('backward', 'dW', ['col', 'doutRows'], ['dcolW', 'dW']),
      step('backward', 'dcol', ['doutRows', 'colW'], ['dcol']),
      step('backward', 'col2im', ['dcol'], ['dxPartial', 'overlap', ...(padded ? [] : ['dx'])]),
      ...(padded ? [step('backward', 'crop', ['dxPartial'], ['dx'])] : []),
    ],
  };
}

function addForward(layer: LayerArrays, { W, b }: Convolution, run: ConvolutionRun, padded: boolean): void {
  const { x, dot, out, geometry } = run;
  const { cell } = layer;
  const { vertical, horizontal, C, groups, FN } = geometry;
  const round = rounding(out.dtype);
  const readTap = paddedReader(x.numbers(), geometry, 0);
  const weights = W.numbers();
  const bias = b?.numbers();

  const tapOf = ({ n, c, fh, fw, oh, ow }: Position): number => readTap(n, c, fh, fw, oh, ow);
  const weightOf = ({ f, cg, fh, fw }: Position): number => weights[ravel([f, cg, fh, fw], W.shape)];
  const dotOf = ({ n, oh, ow, f }: Position): number =>
    dot.numbers()[((n * vertical.out + oh) * horizontal.out + ow) * FN + f];
  const sumAt = (p: Position): number => round(dotOf(p) + (bias ? bias[p.f] : 0));

  /** The pixel of x under a tap, or the padding there. */
  const pixel = (p: Position) => {
    const h = inputPosition(vertical, p.oh, p.fh);
    const w = inputPosition(horizontal, p.ow, p.fw);
    const inside = h >= 0 && h < vertical.size && w >= 0 && w < horizontal.size;
    return inside ? cell('x', { n: p.n, c: p.c, h, w }, tapOf(p)) : padCell(0);
  };

  layer.addTensor('x', { role: 'x', arrangement: PIXELS, explain: given }, x);
  if (padded) {
    const paddedPixel = ({ n, c, hp, wp }: Position) => {
      const h = hp - vertical.before;
      const w = wp - horizontal.before;
      if (h < 0 || h >= vertical.size || w < 0 || w >= horizontal.size) return padCell(0);
      return cell('x', { n, c, h, w }, x.numbers()[ravel([n, c, h, w], x.shape)]);
    };
    layer.addVirtual(
      'xPad',
      {
        role: 'x',
        arrangement: [['n'], ['c'], ['hp'], ['wp']],
        scaleOf: 'x',
        explain: (p, self) => copyOf(self, paddedPixel(p)),
      },
      p => paddedPixel(p).value,
    );
  }
  for (const [array, arrangement] of [
    ['col', COL_ARRANGEMENTS.rows],
    ['col.columns', COL_ARRANGEMENTS.columns],
    ['col.axes', COL_ARRANGEMENTS.axes],
  ] as const) {
    layer.addVirtual(
      array,
      { role: 'col', arrangement, scaleOf: 'x', explain: (p, self) => copyOf(self, pixel(p)) },
      tapOf,
    );
  }
  layer.addTensor(
    'W',
    { role: 'W', arrangement: [['f'], ['cg'], ['fh'], ['fw']], dtype: W.dtype, explain: given },
    W,
  );
  layer.addVirtual(
    'colW',
    {
      role: 'W',
      arrangement: [TAPS, ['f']],
      dtype: W.dtype,
      scaleOf: 'W',
      explain: (p, self) => copyOf(self, cell('W', p, weightOf(p))),
    },
    weightOf,
  );
  if (b) layer.addTensor('b', { role: 'W', arrangement: [['f']], dtype: b.dtype, explain: given }, b);

  /** The products whose sum is one output: x · W for every channel and tap that filter f sees. */
  function* products(p: Position): Generator<Term> {
    const group = Math.floor(p.f / (FN / groups));
    for (let cg = 0; cg < C / groups; cg++)
      for (let fh = 0; fh < vertical.window; fh++)
        for (let fw = 0; fw < horizontal.window; fw++) {
          const at = { ...p, cg, c: (group * C) / groups + cg, fh, fw };
          const weight = weightOf(at);
          yield product(pixel(at), cell('W', at, weight), [
            cell('col', at, tapOf(at)),
            cell('colW', at, weight),
          ]);
        }
  }
  const explainDot = (p: Position, self: Cell): Explanation => {
    const total = sumOf(products(p));
    return { cell: self, rule: 'sum', ...total, sum: round(total.sum) };
  };
  const explainOut = (p: Position, self: Cell): Explanation =>
    bias ? { ...explainDot(p, self), bias: cell('b', p, bias[p.f]) } : explainDot(p, self);

  layer.addTensor('dot', { role: 'out', arrangement: [ROWS, ['f']], explain: explainDot }, dot);
  if (b)
    layer.addVirtual(
      'sum',
      { role: 'out', arrangement: [ROWS, ['f']], scaleOf: 'out', explain: explainOut },
      sumAt,
    );
  layer.addVirtual(
    'nhwc',
    { role: 'out', arrangement: [['n'], ['oh'], ['ow'], ['f']], scaleOf: 'out', explain: explainOut },
    sumAt,
  );
  layer.addTensor('out', { role: 'out', arrangement: MAPS, explain: explainOut }, out);
}

function addBackward(
  layer: LayerArrays,
  convolution: Convolution,
  run: ConvolutionRun,
  gradients: () => Promise<ConvolutionGradients>,
): void {
  const { x, geometry, out } = run;
  const { cell } = layer;
  const { N, C, FN, groups, vertical, horizontal } = geometry;
  const { out: OH } = vertical;
  const { out: OW } = horizontal;
  const round = rounding(out.dtype);
  const weights = convolution.W.numbers();
  const readTap = paddedReader(x.numbers(), geometry, 0);

  // Filled by the first look at any gradient; every reader below awaits that.
  let back: { dout: ArrayLike<number>; dcol: ReturnType<typeof dcolReader> } | undefined;
  const ready = async (): Promise<ConvolutionGradients> => {
    const received = await gradients();
    const { dout } = received;
    back ??= { dout: dout.numbers(), dcol: dcolReader(toRows(dout), convolution.W, geometry) };
    return received;
  };
  const doutAt = (p: Position): number => back?.dout[((p.n * FN + p.f) * OH + p.oh) * OW + p.ow] ?? NaN;
  const dcolAt = (p: Position): number => back?.dcol(p.n, p.c, p.fh, p.fw, p.oh, p.ow) ?? NaN;
  const doutCell = (p: Position) => cell('dout', p, doutAt(p));
  const rowCell = (p: Position) => cell('doutRows', p, doutAt(p));

  layer.addTensor(
    'dout',
    { role: 'gradient', arrangement: MAPS, explain: given },
    async () => (await ready()).dout,
  );
  layer.addVirtual(
    'doutRows',
    {
      role: 'gradient',
      arrangement: [ROWS, ['f']],
      scaleOf: 'dout',
      explain: (p, self) => copyOf(self, doutCell(p)),
    },
    doutAt,
    ready,
  );

  /** All output positions, in the order the kernels add them up. */
  function* positions(p: Position): Generator<Position> {
    for (let n = 0; n < N; n++)
      for (let oh = 0; oh < OH; oh++) for (let ow = 0; ow < OW; ow++) yield { ...p, n, oh, ow };
  }
  if (convolution.b) {
    layer.addTensor(
      'db',
      {
        role: 'gradient',
        arrangement: [['f']],
        explain(p, self) {
          const terms = function* (): Generator<Term> {
            for (const at of positions(p)) {
              yield { factors: [doutCell(at)], value: doutAt(at), via: [rowCell(at)] };
            }
          };
          const total = sumOf(terms());
          return { cell: self, rule: 'sum', ...total, sum: round(total.sum) };
        },
      },
      async () => {
        await ready();
        return convolution.db ?? Promise.reject(new Error('internal: backward left no db'));
      },
    );
  }
  const explainWeight = (p: Position, self: Cell): Explanation => {
    const c = (Math.floor(p.f / (FN / groups)) * C) / groups + p.cg;
    const terms = function* (): Generator<Term> {
      for (const at of positions({ ...p, c })) {
        const value = readTap(at.n, c, at.fh, at.fw, at.oh, at.ow);
        const h = inputPosition(vertical, at.oh, at.fh);
        const w = inputPosition(horizontal, at.ow, at.fw);
        const inside = h >= 0 && h < vertical.size && w >= 0 && w < horizontal.size;
        yield product(inside ? cell('x', { ...at, h, w }, value) : padCell(0), doutCell(at), [
          cell('col', at, value),
          rowCell(at),
        ]);
      }
    };
    const total = sumOf(terms());
    return { cell: self, rule: 'sum', ...total, sum: round(total.sum) };
  };
  const dW = async () => {
    await ready();
    return convolution.dW ?? Promise.reject(new Error('internal: backward left no dW'));
  };
  layer.addTensor(
    'dcolW',
    { role: 'gradient', arrangement: [TAPS, ['f']], scaleOf: 'dW', explain: explainWeight },
    async () => {
      const gradient = await dW();
      return gradient.reshape([FN, gradient.size / FN]).transpose([1, 0]);
    },
  );
  layer.addTensor(
    'dW',
    { role: 'gradient', arrangement: [['f'], ['cg'], ['fh'], ['fw']], explain: explainWeight },
    dW,
  );

  layer.addVirtual(
    'dcol',
    {
      role: 'gradient',
      arrangement: COL_ARRANGEMENTS.rows,
      explain(p, self) {
        const channels = C / groups;
        const group = Math.floor(p.c / channels);
        const terms = function* (): Generator<Term> {
          for (let f = (group * FN) / groups; f < ((group + 1) * FN) / groups; f++) {
            const at = { ...p, f, cg: p.c % channels };
            const weight = weights[ravel([f, at.cg, at.fh, at.fw], convolution.W.shape)];
            yield product(doutCell(at), cell('W', at, weight), [rowCell(at), cell('colW', at, weight)]);
          }
        };
        const total = sumOf(terms());
        return { cell: self, rule: 'sum', ...total, sum: round(total.sum) };
      },
    },
    dcolAt,
    ready,
  );
  addTapSums(layer, geometry, {
    names: { dcol: 'dcol', dxPartial: 'dxPartial', overlap: 'overlap', dx: 'dx' },
    dtype: out.dtype,
    dcolAt,
    ready,
    dx: async () => (await ready()).dx,
  });
}
