import { propose, writeNetwork, type ParameterInfo } from '../../../engine';

/**
 * The text of a network that these parameters are probably of.
 * @param fileName of the parameters, which the network's file stands beside
 * @returns undefined if none of them can be the weights of a layer
 */
export function proposeNetwork(fileName: string, parameters: readonly ParameterInfo[]): string | undefined {
  const listing = new Map(parameters.map(info => [info.name, info]));
  const [name] = /^[^.]+/.exec(fileName) ?? [fileName];
  const network = propose(name, listing, { params: [fileName] });
  return network.layers.length > 0 ? writeNetwork(network) : undefined;
}
