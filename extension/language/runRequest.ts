import type * as vscode from 'vscode';
import { INPUT, type Pad, type Pair } from '../../engine';
import type { RunRequest } from '../../webview/protocol';
import { fileBeside, mayBeRead } from '../workspace/fileBeside';
import { nameOfFile } from '../workspace/tensorFiles';
import type { ReadText } from './networkReadings';

/** An array in a file. */
interface FoundArray {
  readonly uri: vscode.Uri;
  readonly array: string;
}

/** A parameter of a layer in its file; undefined if it has none there. */
export function parameterOf(
  network: vscode.Uri,
  { network: { layers }, parameters = [] }: ReadText,
  layer: number,
  role: string,
): FoundArray | undefined {
  const found = parameters.find(({ name }) => name === layers[layer].parameters[role]);
  return found && { uri: fileBeside(network, found.file), array: found.name };
}

/**
 * A convolution as Run Conv Layer takes it.
 * @returns undefined where something lacks: it takes what another layer gives, its filters are no array of a file, or the
 *   input's file must not be read
 */
export function runRequestOf(network: vscode.Uri, reading: ReadText, layer: number): RunRequest | undefined {
  const { from, attributes } = reading.network.layers[layer];
  const { tensor } = reading.network.input;
  const weights = parameterOf(network, reading, layer, 'W');
  const bias = parameterOf(network, reading, layer, 'b');
  if (!weights || !tensor || from[0] !== INPUT || Object.hasOwn(attributes, 'wAxes')) return undefined;
  const input = fileBeside(network, tensor.file);
  if (!mayBeRead(network, input)) return undefined;
  const reference = ({ uri, array }: FoundArray) => ({ file: nameOfFile(uri), name: array });
  return {
    weights: reference(weights),
    bias: bias ? reference(bias) : null,
    input: {
      file: nameOfFile(input),
      name: tensor.array,
      sample: tensor.sample ?? 0,
    },
    stride: attributes.stride as Pair | undefined,
    pad: attributes.pad as Pad | undefined,
    dilation: attributes.dilation as Pair | undefined,
    groups: attributes.groups as number | undefined,
    pool: null,
  };
}
