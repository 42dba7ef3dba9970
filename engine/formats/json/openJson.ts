import { readWhole, type ByteSource } from '../bytes/byteSource';
import { isShardIndex, openShards } from '../safetensors/openShards';
import type { Contents, OpenContext } from '../tensorFile';
import { isTfjsModel, openTfjs } from '../tfjs/openTfjs';
import { parseJson } from './jsonValue';
import { nestedArrays } from './nestedArrays';

/**
 * Opens a JSON file by what is in it: the index of a sharded safetensors file, the model.json of TensorFlow.js, or else
 * nested arrays of numbers.
 * @throws FormatError if it is not JSON, or holds no array
 */
export async function openJson(source: ByteSource, context: OpenContext): Promise<Contents> {
  const document = parseJson(await readWhole(source, 'json', context.signal));
  if (isShardIndex(document)) return openShards(document, context);
  if (isTfjsModel(document)) return openTfjs(document, context);
  return nestedArrays(document, context.name);
}
