import { compactShape } from '../../tensor';
import { readAttributes } from './attributes';
import { plain } from './checks';
import { LayerMisfit, type LayerKind } from './kind';

export const transpose: LayerKind = {
  type: 'transpose',
  description: 'Puts the axes of x into another order.',
  inputs: 'one',
  attributes: [
    {
      name: 'axes',
      form: 'axes',
      description: 'For each axis of out, the axis of x it was: [0,3,1,2] turns (N,H,W,C) into (N,C,H,W).',
    },
  ],
  parameters: [],
  infer({ inputs: [x], attributes }) {
    const axes = readAttributes(transpose, attributes).axes('axes');
    if (axes.length !== x.length) {
      const reason = `axes names ${axes.length} axes, x has ${x.length}: x ${compactShape(x)}, axes [${axes.join(',')}]`;
      throw new LayerMisfit('rank', 'axes', `transpose: ${reason}`);
    }
    return plain(axes.map(axis => x[axis]));
  },
};
