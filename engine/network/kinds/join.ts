import { compactShape } from '../../tensor';
import { sameOpenShape, type OpenShape } from '../openShape';
import { readAttributes } from './attributes';
import { plain, requireAxis } from './checks';
import { LayerMisfit, type LayerKind } from './kind';

function requireSeveral(type: string, inputs: readonly OpenShape[]): void {
  if (inputs.length < 2) {
    const reason = `from must name at least two layers, it names ${inputs.length}`;
    throw new LayerMisfit('inputs', 'from', `${type}: ${reason}`);
  }
}

const listShapes = (inputs: readonly OpenShape[]): string =>
  inputs.map((x, i) => `x${i} ${compactShape(x)}`).join(', ');

export const add: LayerKind = {
  type: 'add',
  description: 'Adds the outputs of several layers, which must have one shape.',
  inputs: 'several',
  attributes: [],
  parameters: [],
  infer({ inputs }) {
    requireSeveral('add', inputs);
    if (!inputs.every(x => sameOpenShape(x, inputs[0]))) {
      const reason = 'its inputs must have one shape';
      throw new LayerMisfit('inputShapes', 'from', `add: ${reason}: ${listShapes(inputs)}`);
    }
    return plain(inputs[0]);
  },
  assume: ({ inputs: [x] }) => x,
};

export const concat: LayerKind = {
  type: 'concat',
  description: 'Puts the outputs of several layers behind one another along an axis.',
  inputs: 'several',
  attributes: [
    { name: 'axis', form: 'axis', default: 1, description: 'The axis along which they are joined.' },
  ],
  parameters: [],
  infer({ inputs, attributes }) {
    requireSeveral('concat', inputs);
    const [first] = inputs;
    const axis = requireAxis('concat', readAttributes(concat, attributes).axis('axis'), first);
    const rest = (x: OpenShape): OpenShape => x.toSpliced(axis, 1);
    if (!inputs.every(x => x.length === first.length && sameOpenShape(rest(x), rest(first)))) {
      const reason = `its inputs must have one shape but for axis ${axis}`;
      throw new LayerMisfit('inputShapes', 'from', `concat: ${reason}: ${listShapes(inputs)}`);
    }
    const sizes = inputs.map(x => x[axis]);
    const numbers = sizes.filter(size => typeof size === 'number');
    if (numbers.length < sizes.length) {
      const reason = `axis ${axis} is left open: ${listShapes(inputs)}`;
      throw new LayerMisfit('openSize', 'axis', `concat: ${reason}`);
    }
    const size = numbers.reduce((a, b) => a + b);
    return plain(first.with(axis, size), `${sizes.join(' + ')} = ${size} on axis ${axis}`);
  },
};
