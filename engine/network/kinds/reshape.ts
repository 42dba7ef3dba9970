import { compactShape } from '../../tensor';
import { quotientExtent, sameCells } from '../openShape';
import { readAttributes } from './attributes';
import { plain } from './checks';
import { LayerMisfit, type LayerKind } from './kind';

export const reshape: LayerKind = {
  type: 'reshape',
  description: 'Gives x another shape with as many cells.',
  inputs: 'one',
  attributes: [
    {
      name: 'shape',
      form: 'shape',
      description: 'Sizes of the new axes, e.g. ["N",-1]; -1 stands for what is left over.',
    },
  ],
  parameters: [],
  infer({ inputs: [x], attributes }) {
    const shape = readAttributes(reshape, attributes).shape('shape');
    const shapes = `x ${compactShape(x)}, shape ${compactShape(shape)}`;
    const open = shape.indexOf(-1);
    if (open < 0) {
      if (sameCells(x, shape)) return plain(shape);
      throw new LayerMisfit('cells', 'shape', `reshape: shape must have as many cells as x: ${shapes}`);
    }
    const rest = shape.toSpliced(open, 1);
    const left = quotientExtent(x, rest);
    if (left === undefined) {
      const reason = `the cells of x cannot be split by ${rest.join('·')}`;
      throw new LayerMisfit('cells', 'shape', `reshape: ${reason}: ${shapes}`);
    }
    return plain(shape.with(open, left), `${x.join('·')} / (${rest.join('·')}) = ${left}`);
  },
  assume({ attributes }) {
    const shape = readAttributes(reshape, attributes).shape('shape');
    return shape.includes(-1) ? undefined : shape;
  },
};
