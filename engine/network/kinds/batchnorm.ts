import { compactShape, sameShape } from '../../tensor';
import { openCells } from '../openShape';
import { readAttributes } from './attributes';
import { requireAxes, requireSize } from './checks';
import { LayerMisfit, type LayerKind } from './kind';

const ROLES = {
  gamma: 'Factor of each channel.',
  beta: 'Added to each channel.',
  mean: 'Running mean of each channel.',
  var: 'Running variance of each channel.',
};

export const batchnorm: LayerKind = {
  type: 'batchnorm',
  description: 'Batch normalisation in inference: gamma·(x − mean)/√(var + eps) + beta.',
  inputs: 'one',
  attributes: [{ name: 'eps', form: 'number', default: 1e-5, description: 'Keeps the divisor from 0.' }],
  parameters: Object.entries(ROLES).map(([role, description]) => ({
    role,
    axes: '(C,)',
    optional: true,
    description,
  })),
  infer({ inputs: [x], attributes, parameters }) {
    const eps = readAttributes(batchnorm, attributes).number('eps');
    if (eps < 0)
      throw new LayerMisfit('attribute', 'eps', `batchnorm: eps is ${eps}, it must not be negative`);
    requireAxes('batchnorm', x, 2);
    const C = requireSize('batchnorm', 'C', x[1], x);
    for (const role of Object.keys(ROLES)) {
      const shape = parameters[role];
      if (shape && !sameShape(shape, [C])) {
        const reason = `${role} must have one value for each of the ${C} channels`;
        const shapes = `x ${compactShape(x)}, ${role} ${compactShape(shape)}`;
        throw new LayerMisfit('channels', role, `batchnorm: ${reason}: ${shapes}`);
      }
    }
    return {
      out: x,
      formulas: [],
      parameters: Object.fromEntries(Object.keys(ROLES).map(role => [role, [C]])),
      macs: openCells(x.slice(1)),
    };
  },
  assume: ({ inputs: [x] }) => x,
};
