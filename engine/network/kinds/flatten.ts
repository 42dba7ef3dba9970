import { compactShape } from '../../tensor';
import { plain, requireFlatSize } from './checks';
import type { LayerKind } from './kind';

export const flatten: LayerKind = {
  type: 'flatten',
  description: 'Flattens every sample: (N,C,H,W) → (N,C·H·W).',
  inputs: 'one',
  attributes: [],
  parameters: [],
  infer({ inputs: [x] }) {
    const size = requireFlatSize('flatten', x);
    return plain([x[0], size], `${x.slice(1).join('·')} = ${size}: ${compactShape(x)} → (${x[0]},${size})`);
  },
};
