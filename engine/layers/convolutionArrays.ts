import { COL_ARRANGEMENTS, type Arrangement } from '../conv';
import type { LazyTensor } from '../tensor';
import {
  copyOf,
  explainSum,
  given,
  product,
  rounding,
  type Cell,
  type Explanation,
  type LayerArrays,
  type Position,
  type PositionReader,
  type Term,
} from '../trace';
import type { ConvolutionTensors } from './convolutionTensors';
import { addWindowedInput, openTaps, type CellFinder, type WindowedInput } from './windowedInput';

/** How the index variables run along the axes of a convolution's arrays. */
export const ROWS: Arrangement[number] = ['n', 'oh', 'ow'];
export const TAPS: Arrangement[number] = ['cg', 'fh', 'fw'];
export const MAPS: Arrangement = [['n'], ['f'], ['oh'], ['ow']];
export const FILTERS: Arrangement = [['f'], ['cg'], ['fh'], ['fw']];

/** The x of a convolution. */
export function inputOf({ x, geometry }: Pick<ConvolutionTensors, 'x' | 'geometry'>): WindowedInput {
  return { x, geometry, padding: 0, names: { x: 'x', xPad: 'xPad' } };
}

/** Opens an array of four axes that is arranged as `variables`. */
export async function openTensor(
  tensor: LazyTensor,
  variables: Arrangement,
  signal?: AbortSignal,
): Promise<PositionReader> {
  const values = (await tensor.get(signal)).numbers();
  const [[i], [j], [k], [l]] = variables;
  const [, J, K, L] = tensor.shape;
  return p => values[((p[i] * J + p[j]) * K + p[k]) * L + p[l]];
}

/** Adds what a convolution makes on the way forward, from x to out. */
export function addConvolutionArrays(layer: LayerArrays, tensors: ConvolutionTensors): void {
  addInputs(layer, tensors);
  const { W, b, dot, out, geometry } = tensors;
  const { cell } = layer;
  const { vertical, horizontal, C, groups, FN } = geometry;
  const round = rounding(out.dtype);

  /** The products whose sum is one output: x · W for every channel and tap that filter f sees. */
  function* products(p: Position, pixel: CellFinder, weightAt: PositionReader): Generator<Term> {
    const group = Math.floor(p.f / (FN / groups));
    for (let cg = 0; cg < C / groups; cg++)
      for (let fh = 0; fh < vertical.window; fh++)
        for (let fw = 0; fw < horizontal.window; fw++) {
          const at = { ...p, cg, c: (group * C) / groups + cg, fh, fw };
          const weight = weightAt(at);
          const from = pixel(at);
          yield product(from, cell('W', at, weight), [cell('col', at, from.value), cell('colW', at, weight)]);
        }
  }
  const explainDot = async (p: Position, self: Cell, signal?: AbortSignal): Promise<Explanation> => {
    const pixel = await openTaps(layer, inputOf(tensors), signal);
    return explainSum(self, products(p, pixel, await openTensor(W, FILTERS, signal)), round);
  };
  const explainOut = async (p: Position, self: Cell, signal?: AbortSignal): Promise<Explanation> => {
    const explanation = await explainDot(p, self, signal);
    if (!b) return explanation;
    return { ...explanation, bias: cell('b', p, (await b.get(signal)).at(p.f)) };
  };
  const openOut = (signal?: AbortSignal): Promise<PositionReader> => openTensor(out, MAPS, signal);

  layer.addTensor('dot', { role: 'out', arrangement: [ROWS, ['f']], explain: explainDot }, dot);
  for (const [array, arrangement] of [
    ...(b ? [['sum', [ROWS, ['f']]] as const] : []),
    ['nhwc', [['n'], ['oh'], ['ow'], ['f']]],
  ] as const) {
    layer.addVirtual(
      array,
      { role: 'out', arrangement, scaleOf: 'out', rearranges: out, explain: explainOut },
      openOut,
    );
  }
  layer.addTensor('out', { role: 'out', arrangement: MAPS, explain: explainOut }, out);
}

/** Adds x and W as they are given, padded, and as the matrices of the product. */
function addInputs(layer: LayerArrays, tensors: ConvolutionTensors): void {
  const { x, W, b, geometry } = tensors;
  const input = inputOf(tensors);
  addWindowedInput(layer, 'x', input);
  for (const [array, arrangement] of [
    ['col', COL_ARRANGEMENTS.rows],
    ['col.columns', COL_ARRANGEMENTS.columns],
    ['col.axes', COL_ARRANGEMENTS.axes],
  ] as const) {
    layer.addTaps(
      array,
      {
        role: 'col',
        arrangement,
        scaleOf: 'x',
        explain: async (p, self, signal) => copyOf(self, (await openTaps(layer, input, signal))(p)),
      },
      { x, geometry, padding: input.padding },
    );
  }
  layer.addTensor('W', { role: 'W', arrangement: FILTERS, explain: given }, W);
  layer.addVirtual(
    'colW',
    {
      role: 'W',
      arrangement: [TAPS, ['f']],
      dtype: W.dtype,
      scaleOf: 'W',
      rearranges: W,
      explain: (p, self) => copyOf(self, layer.cell('W', p, self.value)),
    },
    signal => openTensor(W, FILTERS, signal),
  );
  if (b) layer.addTensor('b', { role: 'W', arrangement: [['f']], explain: given }, b);
}
