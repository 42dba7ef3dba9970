import { readAttributes } from './attributes';
import { plain } from './checks';
import { LayerMisfit, type LayerKind } from './kind';

export const dropout: LayerKind = {
  type: 'dropout',
  description: 'Dropout as it is in inference: nothing is dropped.',
  inputs: 'one',
  attributes: [
    { name: 'ratio', form: 'number', default: 0.5, description: 'Part of the numbers dropped in training.' },
    {
      name: 'inverted',
      form: 'boolean',
      default: true,
      description: 'True: inference leaves x as it is. False, as in the book: out = x·(1 − ratio).',
    },
  ],
  parameters: [],
  infer({ inputs: [x], attributes }) {
    const ratio = readAttributes(dropout, attributes).number('ratio');
    if (ratio < 0 || ratio >= 1) {
      throw new LayerMisfit('attribute', 'ratio', `dropout: ratio is ${ratio}, it must be from 0 to below 1`);
    }
    return plain(x);
  },
};
