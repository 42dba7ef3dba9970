import {
  startNetwork,
  Tensor,
  type AttributeValues,
  type LayerTypeName,
  type Network,
  type NetworkLayer,
  type NetworkRun,
  type StoredTensor,
} from '../../../engine';

/** A layer, of which the name is the type with a 1 and the input is the layer before unless said otherwise. */
export interface Written extends Partial<Omit<NetworkLayer, 'type'>> {
  readonly type: LayerTypeName;
}

export function network(layers: readonly Written[], shape: Network['input']['shape']): Network {
  const named = layers.map(layer => ({ ...layer, name: layer.name ?? `${layer.type}1` }));
  return {
    name: 'small',
    input: { shape },
    params: [],
    layers: named.map(({ type, name, from, attributes = {}, parameters = {}, target }, at) => ({
      type,
      name,
      from: from ?? [at === 0 ? 'input' : named[at - 1].name],
      attributes,
      parameters,
      target,
    })),
  };
}

export function stored(name: string, tensor: Tensor): StoredTensor {
  const { shape, dtype } = tensor;
  return { name, shape, dtype, read: () => Promise.resolve(tensor) };
}

/** Numbers around 0, the same each time. */
export function waves(shape: readonly number[], scale = 1): Tensor {
  const tensor = Tensor.arange(shape);
  return Tensor.from(
    Array.from(tensor.numbers(), i => Math.sin(i * 1.7) * scale),
    shape,
  );
}

/** A convolution of two 3×3 filters on 6×6 digits, ReLU, pooling, affine and a loss, on a batch of 2. */
export function simpleRun(
  convolution: AttributeValues = {},
  input = waves([2, 1, 6, 6]),
  W = waves([2, 1, 3, 3]),
): NetworkRun {
  const layers: Written[] = [
    { type: 'conv', parameters: { W: 'W1', b: 'b1' }, attributes: convolution },
    { type: 'relu' },
    { type: 'maxpool', attributes: { size: 2 } },
    { type: 'affine', parameters: { W: 'W2', b: 'b2' } },
    { type: 'softmaxWithLoss', name: 'loss', target: [1, 2] },
  ];
  const parameters = [
    stored('W1', W),
    stored('b1', waves([2])),
    stored('W2', waves([8, 3])),
    stored('b2', waves([3])),
  ];
  return startNetwork(network(layers, ['N', 1, 6, 6]), {
    batch: 2,
    input: stored('input', input),
    parameters: new Map(parameters.map(parameter => [parameter.name, parameter])),
    budget: 1 << 24,
    seed: 1,
    dtype: 'float32',
  });
}
