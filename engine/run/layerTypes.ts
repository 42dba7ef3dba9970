import {
  startAdd,
  startAffine,
  startBatchnorm,
  startConcat,
  startConvolution,
  startDropout,
  startFlatten,
  startLeakyRelu,
  startPooling,
  startRelu,
  startReshape,
  startSigmoid,
  startSoftmax,
  startSoftmaxWithLoss,
  startTanh,
  startTranspose,
  type Keep,
  type LayerOperands,
  type RunningLayer,
  type StartLayer,
} from '../layers';
import type { AttributeReader, LayerTypeName } from '../network';
import type { Shape } from '../tensor';

/** Starts a layer from its attributes as a network has them. */
type StartFromAttributes = (
  name: string,
  attributes: AttributeReader,
  operands: LayerOperands,
  keep: Keep,
  outShape: Shape,
) => RunningLayer;

/** @param attributesOf makes the attributes that the layer is started with */
function type<Attributes>(
  start: StartLayer<Attributes>,
  attributesOf: (read: AttributeReader, outShape: Shape) => Attributes,
): StartFromAttributes {
  return (name, read, operands, keep, outShape) => start(name, attributesOf(read, outShape), operands, keep);
}

const plain = (start: StartLayer<object>): StartFromAttributes => type(start, () => ({}));

const pooling = (kind: 'max' | 'average'): StartFromAttributes =>
  type(startPooling, read => ({
    kind,
    size: read.pair('size'),
    stride: read.has('stride') ? read.pair('stride') : undefined,
    pad: read.pad('pad'),
    ceilMode: read.flag('ceilMode'),
    countIncludePad: kind === 'average' ? read.flag('countIncludePad') : undefined,
  }));

/** How each type of layer is started. */
export const layerTypes: Readonly<Record<LayerTypeName, StartFromAttributes>> = {
  conv: type(startConvolution, read => ({
    stride: read.pair('stride'),
    pad: read.pad('pad'),
    dilation: read.pair('dilation'),
    groups: read.count('groups'),
  })),
  maxpool: pooling('max'),
  avgpool: pooling('average'),
  globalavgpool: type(startPooling, () => ({ kind: 'average', size: 'global' }) as const),
  relu: plain(startRelu),
  leakyrelu: type(startLeakyRelu, read => ({ alpha: read.number('alpha') })),
  sigmoid: plain(startSigmoid),
  tanh: plain(startTanh),
  flatten: plain(startFlatten),
  affine: plain(startAffine),
  batchnorm: type(startBatchnorm, read => ({ eps: read.number('eps') })),
  dropout: type(startDropout, read => ({ ratio: read.number('ratio'), inverted: read.flag('inverted') })),
  add: plain(startAdd),
  concat: type(startConcat, read => ({ axis: read.axis('axis') })),
  // Its shape as attributes have it may leave sizes open.
  reshape: type(startReshape, (_read, shape) => ({ shape })),
  transpose: type(startTranspose, read => ({ axes: read.axes('axes') })),
  softmax: type(startSoftmax, read => ({ axis: read.axis('axis') })),
  softmaxWithLoss: plain(startSoftmaxWithLoss),
};
