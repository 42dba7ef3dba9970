import { random } from '../support/arrays';
import type {
  AttributeValues,
  LayerTypeName,
  LazyTensor,
  Network,
  NetworkLayer,
  NetworkRun,
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

export const x = random([2, 2, 8, 8], 1);
export const W1 = random([4, 2, 3, 3], 2);
export const b1 = random([4], 3);
export const W2 = random([4 * 4 * 4, 3], 4);

/** A convolution with a bias, ReLU, max pooling, a matrix and a loss; its parameters are {@link W1}, {@link b1}, {@link W2}. */
export const convNet = network(
  ['N', 2, 8, 8],
  [
    ['conv', { name: 'conv1', attributes: { pad: 1 }, parameters: { W: 'W1', b: 'b1' } }],
    ['relu'],
    ['maxpool', { attributes: { size: 2 } }],
    ['affine', { name: 'affine1', parameters: { W: 'W2' } }],
    ['softmaxWithLoss', { name: 'loss', target: [2, 0] }],
  ],
);

/** Every tensor that layers give one another. */
export function passed(run: NetworkRun): LazyTensor[] {
  return Array.from({ length: run.runnable }, (_, index) => run.layer(index)).flatMap(
    ({ out, dx, dparameters }) => [out, ...dx, ...Object.values(dparameters)],
  );
}

export const allOf = (tensors: readonly LazyTensor[]): Promise<Tensor[]> =>
  Promise.all(tensors.map(tensor => tensor.get()));
