import { compactShape, sameShape } from '../../tensor';
import type { OpenShape } from '../openShape';
import { readAttributes, type AttributeReader } from './attributes';
import { present, requireFlatSize } from './checks';
import { LayerMisfit, type LayerKind } from './kind';

export const affine: LayerKind = {
  type: 'affine',
  description: 'Fully connected layer: x·W + b, every sample of x made flat.',
  inputs: 'one',
  attributes: [
    { name: 'units', form: 'count', description: 'Columns of W, where no W is named: W is random then.' },
    {
      name: 'wAxes',
      form: 'axes',
      description:
        'Which axes of W as stored are in and out: [1,0] for PyTorch. Left out where they are stored as (in, out).',
    },
  ],
  parameters: [
    {
      role: 'W',
      axes: '(in,out)',
      optional: true,
      description: 'Weights. Random where left out; `units` must be given then.',
    },
    { role: 'b', axes: '(out,)', optional: true, description: 'Bias, one for each column of W.' },
  ],
  infer({ inputs: [x], attributes, parameters }) {
    const read = readAttributes(affine, attributes);
    const size = requireFlatSize('affine', x);
    const W = parameters.W ?? madeWeights(read, size);
    const { b } = parameters;
    checkWeights(x, size, W, b);
    const [rows, columns] = W;
    const product = `(${x[0]},${rows})·(${rows},${columns}) = (${x[0]},${columns})`;
    return {
      out: [x[0], columns],
      formulas: x.length === 2 ? [product] : [`${x.slice(1).join('·')} = ${size}`, product],
      parameters: present({ W, b }),
      macs: rows * columns,
      whole: true,
    };
  },
  assume({ inputs: [x], attributes, parameters: { W, b }, batch }) {
    const made = W ? undefined : readAttributes(affine, attributes);
    const columns = W?.length === 2 ? W[1] : made?.has('units') ? made.count('units') : b?.[0];
    return columns === undefined ? undefined : [x?.[0] ?? batch, columns];
  },
};

function checkWeights(
  x: OpenShape,
  size: number,
  W: readonly number[],
  b: readonly number[] | undefined,
): void {
  const shapes = `x ${compactShape(x)}, W ${compactShape(W)}`;
  if (W.length !== 2) {
    throw new LayerMisfit('rank', 'W', `affine: W must have the two axes (in,out): ${shapes}`);
  }
  const [rows, columns] = W;
  if (rows !== size) {
    const flat = x.length === 2 ? '' : `${x.slice(1).join('·')} = `;
    const reason = `W has ${rows} rows, x has ${flat}${size} numbers in a sample`;
    throw new LayerMisfit('rows', 'W', `affine: ${reason}: ${shapes}`);
  }
  if (b && !sameShape(b, [columns])) {
    const reason = `b must have one value for each of the ${columns} columns of W`;
    throw new LayerMisfit('bias', 'b', `affine: ${reason}: b ${compactShape(b)}, W ${compactShape(W)}`);
  }
}

/** Shape of the weights that are made where none are named. */
function madeWeights(read: AttributeReader, size: number): readonly number[] {
  if (!read.has('units')) {
    throw new LayerMisfit('missing', 'W', 'affine: name its weights W, or give units for random ones');
  }
  return [size, read.count('units')];
}
