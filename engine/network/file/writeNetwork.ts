import { INPUT, type Network, type NetworkLayer } from '../network';
import { spacedJson } from './spacedJson';

/** The text of a network's file: one layer a line. `parseNetwork` reads the same network from it. */
export function writeNetwork({ name, input, params, layers }: Network): string {
  const lines = layers.map((layer, i) => `    ${layerText(layer, layers[i - 1]?.name ?? INPUT)}`);
  return [
    '{',
    `  "name": ${spacedJson(name)},`,
    `  "input": ${spacedJson({ shape: input.shape, ...input.tensor })},`,
    `  "params": ${spacedJson(params.length === 1 ? params[0] : params)},`,
    '  "layers": [',
    lines.join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function layerText(
  { type, name, from, parameters, attributes, target }: NetworkLayer,
  previous: string,
): string {
  const isChained = from.length === 1 && from[0] === previous;
  const source = isChained ? {} : { from: from.length === 1 ? from[0] : from };
  return spacedJson({ type, name, ...source, ...parameters, ...attributes, ...(target && { target }) });
}
