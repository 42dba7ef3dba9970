import type { CellFunction } from '../kernels';
import { computeDType, type LazyTensor } from '../tensor';
import type { Operation } from '../trace';
import { createCellArrays, mapAxes, mapGeometry, runningLayer, type Formula } from './cells';
import { mapped } from './mapped';
import type { StartLayer } from './runningLayer';

/** A formula of the arrays that are there before it; all of them have the shape of x. */
interface CellFormula extends Pick<Formula, 'formula' | 'compute' | 'dtype'> {
  readonly from: readonly string[];
}

/** What a layer that works cell by cell makes of x, and of dout. */
interface ElementwiseLayer {
  /** What comes between x and out, by name; the operation is called like the array. */
  readonly between?: Partial<Record<Operation, CellFormula>>;
  readonly out: MappedFormula;
  /** `with`: what f is a function of beside dout. */
  readonly dx: MappedFormula & { readonly with?: 'x' | 'out' };
}

/** A formula that the kernels compute for all cells at once. */
interface MappedFormula extends Pick<CellFormula, 'formula' | 'from'> {
  /** What x, or dout, goes through. */
  readonly f: CellFunction;
  readonly factor?: number;
}

type ElementwiseKind = 'relu' | 'leakyrelu' | 'sigmoid' | 'tanh' | 'dropout';

/** A layer whose every cell of out (of dx) depends on one cell of x (and of dout). x may have any rank. */
export function elementwise<Attributes>(
  kind: ElementwiseKind,
  layerOf: (attributes: Attributes) => ElementwiseLayer,
): StartLayer<Attributes> {
  return (name, attributes, { inputs: [x], dout }, keep) => {
    const { between = {}, out, dx } = layerOf(attributes);
    const { shape } = x;
    const dtype = computeDType(x.dtype);
    const layer = createCellArrays(name, dtype, keep);
    const axes = mapAxes(shape);
    const kept = (
      array: string,
      role: 'out' | 'gradient',
      { formula, from, f, factor }: MappedFormula,
      ...operands: LazyTensor[]
    ): LazyTensor => {
      const factors = factor === undefined ? undefined : { run: Infinity, values: [[factor]] };
      const work = mapped(dtype, f, operands, factors && (() => Promise.resolve(factors)));
      return layer.keptFormula(array, { formula, from, shape, axes, role, work });
    };

    layer.tensor('x', { role: 'x', axes }, x);
    const middle = Object.entries(between);
    for (const [array, formula] of middle)
      layer.formula(array, { ...formula, shape, axes, role: formula.dtype === 'bool' ? 'count' : 'out' });
    const made = kept('out', 'out', out, x);
    layer.tensor('dout', { role: 'gradient', axes }, dout);
    const forward = { x, out: made };
    const gradient = kept('dx', 'gradient', dx, dout, ...(dx.with ? [forward[dx.with]] : []));
    return runningLayer(name, layer, {
      kind,
      geometry: mapGeometry(name, shape, { over: 'cell' }),
      forward: [
        ...middle.map(([array, { from }]) => [array as Operation, from, [array]] as const),
        [kind, out.from, ['out']],
      ],
      backward: [[`d${kind}`, dx.from, ['dx']]],
      out: made,
      dx: [gradient],
    });
  };
}
