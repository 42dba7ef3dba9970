import {
  COL_ARRANGEMENTS,
  hasPadding,
  inputPosition,
  paddedReader,
  type Arrangement,
  type WindowGeometry,
} from '../conv';
import { ravel, type Tensor } from '../tensor';
import {
  copyOf,
  explainSum,
  given,
  padCell,
  product,
  rounding,
  type Cell,
  type Explanation,
  type LayerArrays,
  type Position,
  type Term,
} from '../trace';
import type { Convolution, ConvolutionRun } from './convolution';

/** How the index variables run along the axes of a convolution's arrays. */
export const ROWS: Arrangement[number] = ['n', 'oh', 'ow'];
export const TAPS: Arrangement[number] = ['cg', 'fh', 'fw'];
export const MAPS: Arrangement = [['n'], ['f'], ['oh'], ['ow']];
export const PIXELS: Arrangement = [['n'], ['c'], ['h'], ['w']];

/** Finds the pixel of x under a tap of a window, or the padding there. */
export function pixelReader(layer: LayerArrays, x: Tensor, geometry: WindowGeometry): (p: Position) => Cell {
  const { vertical, horizontal } = geometry;
  const values = x.numbers();
  return ({ n, c, oh, fh, ow, fw }) => {
    const h = inputPosition(vertical, oh, fh);
    const w = inputPosition(horizontal, ow, fw);
    const inside = h >= 0 && h < vertical.size && w >= 0 && w < horizontal.size;
    return inside ? layer.cell('x', { n, c, h, w }, values[ravel([n, c, h, w], x.shape)]) : padCell(0);
  };
}

/** Adds what a convolution makes on the way forward, from x to out. */
export function addConvolutionArrays(layer: LayerArrays, { W, b }: Convolution, run: ConvolutionRun): void {
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

  const pixel = pixelReader(layer, x, geometry);

  layer.addTensor('x', { role: 'x', arrangement: PIXELS, explain: given }, x);
  if (hasPadding(geometry)) {
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
      () => p => paddedPixel(p).value,
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
      () => tapOf,
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
    () => weightOf,
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
  const explainDot = (p: Position, self: Cell): Explanation => explainSum(self, products(p), round);
  const explainOut = (p: Position, self: Cell): Explanation =>
    bias ? { ...explainDot(p, self), bias: cell('b', p, bias[p.f]) } : explainDot(p, self);

  layer.addTensor('dot', { role: 'out', arrangement: [ROWS, ['f']], explain: explainDot }, dot);
  if (b)
    layer.addVirtual(
      'sum',
      { role: 'out', arrangement: [ROWS, ['f']], scaleOf: 'out', explain: explainOut },
      () => sumAt,
    );
  layer.addVirtual(
    'nhwc',
    { role: 'out', arrangement: [['n'], ['oh'], ['ow'], ['f']], scaleOf: 'out', explain: explainOut },
    () => sumAt,
  );
  layer.addTensor('out', { role: 'out', arrangement: MAPS, explain: explainOut }, out);
}
