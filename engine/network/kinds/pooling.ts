import { poolingGeometry } from '../../conv';
import { readAttributes } from './attributes';
import { requireMaps } from './checks';
import type { AttributeKind, LayerKind } from './kind';
import { fittingWindows, windowsOutput } from './windows';

const windowAttributes: readonly AttributeKind[] = [
  { name: 'size', form: 'pair', description: 'Size of the windows.' },
  { name: 'stride', form: 'pair', description: 'Steps between windows; their size where left out.' },
  { name: 'pad', form: 'pad', default: 0, description: 'Padding around x.' },
  {
    name: 'ceilMode',
    form: 'boolean',
    default: false,
    description: 'Whether a last window that is only partly inside counts.',
  },
];

/** A pooling over windows of a size that is given. */
function pooling(
  type: 'maxpool' | 'avgpool',
  description: string,
  ownAttributes: readonly AttributeKind[],
): LayerKind {
  const kind: LayerKind = {
    type,
    description,
    inputs: 'one',
    attributes: [...windowAttributes, ...ownAttributes],
    parameters: [],
    infer({ inputs: [x], attributes }) {
      const read = readAttributes(kind, attributes);
      const [N, C, H, W] = requireMaps(type, x);
      const options = {
        size: read.pair('size'),
        stride: read.has('stride') ? read.pair('stride') : undefined,
        pad: read.pad('pad'),
        ceilMode: read.flag('ceilMode'),
      };
      const windows = fittingWindows(type, { window: 'size', x: 'from' }, { x }, () =>
        poolingGeometry([1, C, H, W], options, type),
      );
      return { ...windowsOutput(N, windows), parameters: {}, macs: 0 };
    },
  };
  return kind;
}

export const maxpool = pooling('maxpool', 'Max pooling: the largest number of every window.', []);

export const avgpool = pooling('avgpool', 'Average pooling: the mean of every window.', [
  {
    name: 'countIncludePad',
    form: 'boolean',
    default: true,
    description: 'Whether padding counts in the divisor.',
  },
]);

export const globalavgpool: LayerKind = {
  type: 'globalavgpool',
  description: 'Global average pooling: the mean of every channel.',
  inputs: 'one',
  attributes: [],
  parameters: [],
  infer({ inputs: [x] }) {
    const [N, C, H, W] = requireMaps('globalavgpool', x);
    const windows = poolingGeometry([1, C, H, W], { size: 'global' });
    return { ...windowsOutput(N, windows), parameters: {}, macs: 0 };
  },
};
