import type {
  AttributeValues,
  LayerTypeName,
  Network,
  NetworkLayer,
  RunOptions,
  StoredTensor,
  Tensor,
} from '../../../engine';

type LayerParts = Partial<Pick<NetworkLayer, 'name' | 'from' | 'parameters' | 'target'>> & {
  readonly attributes?: AttributeValues;
};

/** A network of layers, each after the one before it unless `from` says otherwise; they are called type + position. */
export function network(
  inputShape: Network['input']['shape'],
  layers: readonly (readonly [LayerTypeName, LayerParts?])[],
): Network {
  const named = layers.map(([type, { name, ...parts } = {}], index) => ({
    type,
    attributes: {},
    parameters: {},
    ...parts,
    name: name ?? `${type}${index}`,
  }));
  return {
    name: 'test',
    input: { shape: inputShape },
    params: [],
    layers: named.map((layer, index) => ({
      from: [index === 0 ? 'input' : named[index - 1].name],
      ...layer,
    })),
  };
}

/** An array of a file that counts how often it is read. */
export interface CountedTensor extends StoredTensor {
  reads: number;
}

export function stored(name: string, tensor: Tensor): CountedTensor {
  return {
    name,
    shape: tensor.shape,
    dtype: tensor.dtype,
    reads: 0,
    read() {
      this.reads++;
      return Promise.resolve(tensor);
    },
  };
}

/** Options of a run in float64 with parameters by name. */
export function options(
  parameters: Readonly<Record<string, Tensor>>,
  change: Partial<RunOptions> = {},
): Omit<RunOptions, 'parameters'> & { readonly parameters: ReadonlyMap<string, CountedTensor> } {
  const files = new Map(Object.entries(parameters).map(([name, tensor]) => [name, stored(name, tensor)]));
  return { batch: 2, budget: 2 ** 30, seed: 1, dtype: 'float64', ...change, parameters: files };
}
