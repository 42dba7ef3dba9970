import { compactShape } from '../../tensor';
import { readAttributes } from './attributes';
import { plain, requireAxis } from './checks';
import { LayerMisfit, type LayerKind } from './kind';

export const softmax: LayerKind = {
  type: 'softmax',
  description: 'Softmax: exp(x) divided by its sum along an axis.',
  inputs: 'one',
  attributes: [{ name: 'axis', form: 'axis', default: 1, description: 'The axis that sums to 1.' }],
  parameters: [],
  infer({ inputs: [x], attributes }) {
    requireAxis('softmax', readAttributes(softmax, attributes).axis('axis'), x);
    return plain(x);
  },
};

export const softmaxWithLoss: LayerKind = {
  type: 'softmaxWithLoss',
  description: 'Softmax and cross-entropy with the labels `target`: the mean loss of the samples.',
  inputs: 'one',
  attributes: [],
  parameters: [],
  infer({ inputs: [x] }) {
    if (x.length !== 2) {
      const reason = `x must have the two axes (N,classes), it has the shape ${compactShape(x)}`;
      throw new LayerMisfit('rank', 'from', `softmaxWithLoss: ${reason}`);
    }
    return { ...plain([], x[0] === 1 ? 'the loss of 1 sample' : `mean of ${x[0]} losses`), whole: true };
  },
};
