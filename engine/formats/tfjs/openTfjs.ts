import { FormatError, UnsupportedError } from '../../errors';
import { member, type Json } from '../json/jsonValue';
import { joinedSource } from '../bytes/joinedSource';
import type { Contents, Note, OpenContext, Siblings, TensorEntry, TextEntry } from '../tensorFile';
import { readManifest, type WeightGroup } from './manifest';
import { modelMetadata } from './topology';
import { placeWeight } from './weightEntries';

/** Whether a JSON document is a model.json of TensorFlow.js, or the weights_manifest.json of its early versions. */
export function isTfjsModel(document: Json): boolean {
  return Array.isArray(manifestOf(document)) || member(document, 'modelTopology') !== undefined;
}

/** The groups of weights, which once were a document of their own. */
function manifestOf(document: Json): Json | undefined {
  if (!Array.isArray(document)) return member(document, 'weightsManifest');
  const isGroup = (item: Json) =>
    member(item, 'weights') !== undefined && member(item, 'paths') !== undefined;
  return document.length > 0 && document.every(isGroup) ? document : undefined;
}

/**
 * Opens a model of TensorFlow.js: model.json and the files of weights beside it, of which nothing is read yet. A group
 * of weights whose files are missing or too short becomes a note.
 * Source: TensorFlow.js, `ModelJSON` in tfjs-core/src/io/types.ts.
 * @throws FormatError if the manifest is damaged, UnsupportedError if there is no folder to find the weights in
 */
export async function openTfjs(model: Json, { siblings, signal }: OpenContext): Promise<Contents> {
  const metadata = modelMetadata(model);
  const manifest = manifestOf(model);
  if (manifest === undefined) {
    return { tensors: [], notes: [{ name: '', reason: 'describes a model without weights' }], metadata };
  }
  const groups = readManifest(manifest);
  if (!siblings) {
    const paths = groups.flatMap(group => group.paths);
    throw new UnsupportedError(
      `tfjs: the weights lie in ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${paths.length - 3} more files` : ''} beside model.json, which cannot be reached from here; open it from a folder on disk`,
    );
  }
  const tensors: TensorEntry[] = [];
  const texts: TextEntry[] = [];
  const notes: Note[] = [];
  for (const group of groups) {
    const name = group.paths[0] ?? '';
    let placed = 0;
    try {
      const source = joinedSource(await openAll(siblings, group, signal));
      let offset = 0;
      for (const weight of group.weights) {
        const found = await placeWeight(source, offset, weight, signal);
        tensors.push(...(found.tensors ?? []));
        texts.push(...(found.texts ?? []));
        offset += found.byteLength;
        placed++;
      }
      if (offset < source.size) {
        notes.push({ name, reason: `${source.size - offset} bytes after the last weight are not read` });
      }
    } catch (error) {
      if (!(error instanceof FormatError) && !(error instanceof UnsupportedError)) throw error;
      notes.push({ name, reason: `${error.message}; ${group.weights.length - placed} weights are left out` });
    }
  }
  return { tensors, texts, notes, metadata, format: 'tfjs' };
}

async function openAll(siblings: Siblings, { paths }: WeightGroup, signal?: AbortSignal) {
  const sources = [];
  for (const path of paths) sources.push(await siblings.open(path, signal));
  return sources;
}
