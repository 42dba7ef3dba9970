import { asPair, checkFilters, convolutionGeometry } from '../../conv';
import { readAttributes, type AttributeReader } from './attributes';
import { present, requireMaps } from './checks';
import { LayerMisfit, type LayerKind } from './kind';
import { fittingWindows, windowsOutput } from './windows';

export const conv: LayerKind = {
  type: 'conv',
  description: 'Convolution: the products of filters W with every window of x, plus b.',
  inputs: 'one',
  attributes: [
    { name: 'stride', form: 'pair', default: 1, description: 'Steps between windows.' },
    { name: 'pad', form: 'pad', default: 0, description: 'Zeros around x.' },
    { name: 'dilation', form: 'pair', default: 1, description: 'Steps between the taps of a filter.' },
    {
      name: 'groups',
      form: 'count',
      default: 1,
      description: 'Channels and filters are split into this many groups that do not see one another.',
    },
    {
      name: 'filters',
      form: 'count',
      description: 'Number of filters, where no W is named: W is random then.',
    },
    { name: 'size', form: 'pair', description: 'Size of the filters, where no W is named.' },
    {
      name: 'wAxes',
      form: 'axes',
      description:
        'Which axes of W as stored are FN, C, FH and FW: [3,2,0,1] for Keras and TensorFlow. ' +
        'Left out where they are stored in that order.',
    },
  ],
  parameters: [
    {
      role: 'W',
      axes: '(FN,C/groups,FH,FW)',
      optional: true,
      description: 'Filters. Random where left out; `filters` and `size` must be given then.',
    },
    { role: 'b', axes: '(FN,)', optional: true, description: 'Bias, one for each filter.' },
  ],
  infer({ inputs: [x], attributes, parameters }) {
    const read = readAttributes(conv, attributes);
    const [N, C, H, W] = requireMaps('conv', x);
    const filters = parameters.W ?? madeFilters(read, C);
    const { b } = parameters;
    const window = parameters.W ? 'W' : 'size';
    const windows = fittingWindows('conv', { window, x: 'from' }, { x, W: filters, b }, () => {
      checkFilters(filters);
      const geometry = convolutionGeometry([1, C, H, W], filters, {
        stride: read.pair('stride'),
        pad: read.pad('pad'),
        dilation: read.pair('dilation'),
        groups: read.count('groups'),
      });
      checkFilters(filters, b);
      return geometry;
    });
    const [FN, Cg, FH, FW] = filters;
    const products = Cg * FH * FW;
    return {
      ...windowsOutput(N, windows),
      parameters: present({ W: filters, b }),
      macs: FN * windows.vertical.out * windows.horizontal.out * products,
    };
  },
  /** As if x had the channels that W asks for. */
  assume({ inputs: [x], attributes, parameters }) {
    const { W } = parameters;
    if (x?.length !== 4 || W?.length !== 4) return undefined;
    const channels = W[1] * readAttributes(conv, attributes).count('groups');
    return conv.infer({ inputs: [x.with(1, channels)], attributes, parameters: { W } }).out;
  },
};

/** Shape of the filters that are made where none are named. */
function madeFilters(read: AttributeReader, C: number): readonly number[] {
  if (!read.has('filters') && !read.has('size')) {
    throw new LayerMisfit(
      'missing',
      'W',
      'conv: name its filters W, or give filters and size for random ones',
    );
  }
  const [FH, FW] = asPair(read.pair('size'));
  const groups = read.count('groups');
  if (C % groups !== 0) {
    const reason = `the ${C} channels of x cannot be split into ${groups} groups`;
    throw new LayerMisfit('groups', 'groups', `conv: ${reason}`);
  }
  return [read.count('filters'), C / groups, FH, FW];
}
