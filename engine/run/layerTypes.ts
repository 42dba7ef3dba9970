import { startConvolution, startPooling, type Keep, type LayerOperands, type RunningLayer } from '../layers';
import type { AttributeReader, LayerTypeName } from '../network';

/** Starts a layer from its attributes as a network has them. */
type StartFromAttributes = (
  name: string,
  attributes: AttributeReader,
  operands: LayerOperands,
  keep: Keep,
) => RunningLayer;

const pooling =
  (kind: 'max' | 'average'): StartFromAttributes =>
  (name, read, operands, keep) =>
    startPooling(
      name,
      {
        kind,
        size: read.pair('size'),
        stride: read.has('stride') ? read.pair('stride') : undefined,
        pad: read.pad('pad'),
        ceilMode: read.flag('ceilMode'),
        countIncludePad: kind === 'average' ? read.flag('countIncludePad') : undefined,
      },
      operands,
      keep,
    );

/** How each type of layer is started. */
export const layerTypes: Readonly<Partial<Record<LayerTypeName, StartFromAttributes>>> = {
  conv: (name, read, operands, keep) =>
    startConvolution(
      name,
      {
        stride: read.pair('stride'),
        pad: read.pad('pad'),
        dilation: read.pair('dilation'),
        groups: read.count('groups'),
      },
      operands,
      keep,
    ),
  maxpool: pooling('max'),
  avgpool: pooling('average'),
  globalavgpool: (name, _read, operands, keep) =>
    startPooling(name, { kind: 'average', size: 'global' }, operands, keep),
};
