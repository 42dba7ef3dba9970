import { leakyrelu, relu, sigmoid, tanh } from './activations';
import { affine } from './affine';
import { batchnorm } from './batchnorm';
import { conv } from './conv';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { add, concat } from './join';
import type { LayerKind, LayerTypeName } from './kind';
import { avgpool, globalavgpool, maxpool } from './pooling';
import { reshape } from './reshape';
import { softmax, softmaxWithLoss } from './softmax';
import { transpose } from './transpose';

const kinds: Readonly<Record<LayerTypeName, LayerKind>> = {
  conv,
  maxpool,
  avgpool,
  globalavgpool,
  relu,
  leakyrelu,
  sigmoid,
  tanh,
  flatten,
  affine,
  batchnorm,
  dropout,
  add,
  concat,
  reshape,
  transpose,
  softmax,
  softmaxWithLoss,
};

/** Every type of layer, in the order in which they are best listed. */
export const layerKinds: readonly LayerKind[] = Object.values(kinds);

export function kindOf(type: LayerTypeName): LayerKind {
  return kinds[type];
}

/** Whether a word is a type of layer. */
export function isLayerType(word: string): word is LayerTypeName {
  return Object.hasOwn(kinds, word);
}
