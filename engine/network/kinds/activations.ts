import { readAttributes } from './attributes';
import { plain } from './checks';
import type { AttributeKind, LayerKind, LayerTypeName } from './kind';

/** A layer that turns every number into one, whatever the others are. */
function activation(
  type: LayerTypeName,
  description: string,
  attributes: readonly AttributeKind[] = [],
): LayerKind {
  const kind: LayerKind = {
    type,
    description,
    inputs: 'one',
    attributes,
    parameters: [],
    infer({ inputs: [x], attributes: given }) {
      readAttributes(kind, given);
      return plain(x);
    },
  };
  return kind;
}

export const relu = activation('relu', 'ReLU: max(0, x).');
export const sigmoid = activation('sigmoid', 'Sigmoid: 1 / (1 + exp(−x)).');
export const tanh = activation('tanh', 'Hyperbolic tangent.');
export const leakyrelu = activation('leakyrelu', 'Leaky ReLU: x where x > 0, alpha·x elsewhere.', [
  { name: 'alpha', form: 'number', default: 0.01, description: 'Slope where x is negative.' },
]);
