import { FormatError, throwIfCancelled, UnsupportedError } from '../../errors';
import { isObject, member, type Json, type JsonObject } from '../json/jsonValue';
import { jsonMetadata } from '../json/jsonMetadata';
import type { Contents, Metadata, Note, OpenContext, TensorEntry } from '../tensorFile';
import { readHeader } from './header';
import { tensorEntries, unknownType } from './openSafetensors';

/** The largest models have a few hundred. */
const MAX_SHARDS = 2000;

/** Whether a JSON document is a `model.safetensors.index.json`: it says in which file each tensor lies. */
export function isShardIndex(document: Json): document is JsonObject {
  const map = member(document, 'weight_map');
  return isObject(map) && Object.values(map).every(file => typeof file === 'string');
}

/**
 * Opens the files of a sharded model as one; only their headers are read. A file that is missing or damaged becomes a
 * note. Source: Hugging Face's `split_torch_state_dict_into_shards`, which writes such an index.
 * @throws UnsupportedError if there is no folder to find the files in, FormatError if they are too many
 */
export async function openShards(index: JsonObject, { siblings, signal }: OpenContext): Promise<Contents> {
  const shards = namesByShard(index);
  if (shards.size > MAX_SHARDS) {
    throw new FormatError('safetensors', `the index lists ${shards.size} files, over ${MAX_SHARDS}`);
  }
  if (!siblings) {
    const [lie, open] =
      shards.size === 1
        ? ['1 other file', 'that .safetensors file itself']
        : [`${shards.size} other files`, 'those .safetensors files themselves'];
    throw new UnsupportedError(
      `safetensors: the tensors lie in ${lie}, which cannot be reached from here; open ${open}`,
    );
  }
  const tensors: TensorEntry[] = [];
  const notes: Note[] = [];
  const files: Metadata[] = [];
  let size = 0;
  for (const [path, names] of shards) {
    throwIfCancelled(signal);
    try {
      if (!/\.safetensors$/i.test(path))
        throw new UnsupportedError('is no .safetensors file; open it itself');
      const source = await siblings.open(path, signal);
      const header = await readHeader(source, signal);
      for (const tensor of header.tensors) {
        if (!names.delete(tensor.name)) continue; // another shard's, or none's
        const parts = tensorEntries(source, tensor, header.dataAt);
        tensors.push(...parts);
        if (parts.length === 0) notes.push(unknownType(tensor));
        size += tensor.end - tensor.start;
      }
      for (const name of names) notes.push({ name, reason: `is not in ${path}, where the index says it is` });
      files.push({
        name: path,
        value: `${header.tensors.length} tensor${header.tensors.length === 1 ? '' : 's'}`,
      });
    } catch (error) {
      if (!(error instanceof FormatError) && !(error instanceof UnsupportedError)) throw error;
      notes.push({ name: path, reason: `${error.message}; ${names.size} tensors are left out` });
    }
  }
  if (notes.length === 0) notes.push(...checkTotal(index, size));
  const described = member(index, 'metadata');
  return {
    tensors,
    notes,
    metadata: [
      ...(isObject(described)
        ? Object.entries(described).map(([name, value]) => jsonMetadata(name, value))
        : []),
      { name: 'files', children: files },
    ],
    format: 'safetensors',
  };
}

/** The names of the tensors that lie in each file. */
function namesByShard(index: JsonObject): Map<string, Set<string>> {
  const shards = new Map<string, Set<string>>();
  for (const [name, path] of Object.entries(member(index, 'weight_map') ?? {})) {
    const names = shards.get(String(path));
    if (names) names.add(name);
    else shards.set(String(path), new Set([name]));
  }
  return shards;
}

function checkTotal(index: JsonObject, size: number): Note[] {
  const total = member(member(index, 'metadata'), 'total_size');
  if (typeof total !== 'number' || total === size) return [];
  return [{ name: '', reason: `the index says that all tensors take ${total} bytes, they take ${size}` }];
}
