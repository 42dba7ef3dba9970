import { compactShape } from '../tensor';
import type { Problem } from './analysis';
import type { Network, NetworkLayer } from './network';
import { bindSizes, openCells } from './openShape';

/** The network with numbers for open sizes, in its input and in the shapes of its layers. */
export function bindNetwork(network: Network, sizes: ReadonlyMap<string, number>): Network {
  if (sizes.size === 0) return network;
  const bindLayer = (layer: NetworkLayer): NetworkLayer => {
    const { shape } = layer.attributes;
    if (!Array.isArray(shape)) return layer;
    return { ...layer, attributes: { ...layer.attributes, shape: bindSizes(shape, sizes) } };
  };
  return {
    ...network,
    input: { ...network.input, shape: bindSizes(network.input.shape, sizes) },
    layers: network.layers.map(bindLayer),
  };
}

/** Whether the input's shape is one. */
export function checkInput({ input: { shape } }: Network): Problem[] {
  const isExtent = (extent: unknown): boolean =>
    typeof extent === 'string' || (typeof extent === 'number' && Number.isInteger(extent) && extent > 0);
  const isSound = shape.length > 0 && shape.every(isExtent) && openCells(shape) <= Number.MAX_SAFE_INTEGER;
  if (isSound) return [];
  const message =
    `input: the shape ${compactShape(shape)} must be a list of whole numbers of at least 1, or names of open sizes, ` +
    'with at most 2^53 numbers in all';
  return [{ severity: 'error', fault: 'inputShape', message, place: { key: 'input' }, fixes: [] }];
}
