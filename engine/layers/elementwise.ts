import { paced, type Work } from '../kernels';
import { castLazily, computeDType, type LazyTensor, type Tensor } from '../tensor';
import type { Operation } from '../trace';
import { createCellArrays, mapAxes, mapGeometry, runningLayer, type Formula } from './cells';
import type { StartLayer } from './runningLayer';

/** A formula of the arrays that are there before it; all of them have the shape of x. */
interface CellFormula extends Pick<Formula, 'formula' | 'compute' | 'dtype'> {
  readonly from: readonly string[];
  /** A faster loop over all cells, where there is one. @param through x on the way forward, dout on the way back */
  readonly kernel?: (x: Tensor, through: Tensor) => Work<Tensor>;
}

/** What a layer that works cell by cell makes of x, and of dout. */
interface ElementwiseLayer {
  /** What comes between x and out, by name; the operation is called like the array. */
  readonly between?: Partial<Record<Operation, CellFormula>>;
  readonly out: CellFormula;
  readonly dx: CellFormula;
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
    const work = ({ kernel }: CellFormula, through: LazyTensor): Formula['work'] =>
      kernel &&
      (async signal => {
        const numbers = await castLazily(through, dtype).get(signal);
        return paced(kernel(await castLazily(x, dtype).get(signal), numbers), signal);
      });
    const axes = mapAxes(shape);
    layer.tensor('x', { role: 'x', axes }, x);
    const middle = Object.entries(between);
    for (const [array, formula] of middle)
      layer.formula(array, { ...formula, shape, axes, role: formula.dtype === 'bool' ? 'count' : 'out' });
    const made = layer.keptFormula('out', { ...out, shape, axes, role: 'out', work: work(out, x) });
    layer.tensor('dout', { role: 'gradient', axes }, dout);
    const gradient = layer.keptFormula('dx', {
      ...dx,
      shape,
      axes,
      role: 'gradient',
      work: work(dx, dout),
    });
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
