import { CancelledError, EngineError, FormatError } from '../../errors';
import { nextTurn } from '../../tensor/nextTurn';
import type { Contents, Metadata, Note, TensorEntry, TextEntry } from '../tensorFile';
import { readAttributes } from './attributes';
import { datasetArrays, describeDataset, type DescribedDataset } from './describeDataset';
import type { Hdf5File } from './hdf5File';
import { kerasConfig } from './kerasConfig';
import { datasetName } from './names';

/** Links that are followed; a file may hold more. */
const MAX_LINKS = 100_000;

/** Groups in groups that are looked into. */
const MAX_DEPTH = 64;

/** Damaged objects after which the rest is given up: each costs the library a new start. */
const MAX_FAULTS = 16;

/** Groups and datasets whose attributes are read: that takes a third of the time. */
const MAX_ATTRIBUTED = 5000;

/** Attributes, links and groups that are listed as metadata. */
const MAX_METADATA = 5000;

/** Links between two turns of the event loop. */
const LINKS_PER_TURN = 256;

/** A group being listed. */
interface Group {
  /** Names of the links that lead here from the root. */
  readonly links: readonly string[];
  readonly names: readonly string[];
  readonly metadata: Metadata[];
  next: number;
}

/** What a link leads to. */
type Target =
  | { readonly kind: 'link'; readonly target: string; readonly file?: string }
  | { readonly kind: 'group'; readonly address: string; readonly names: readonly string[] }
  | ({ readonly kind: 'dataset' } & DescribedDataset)
  | { readonly kind: 'other' };

/**
 * Lists all datasets that can be reached by hard links, group by group. What cannot be read is named in the notes.
 * @throws FormatError if the root cannot be read, CancelledError
 */
export async function listObjects(file: Hdf5File, signal?: AbortSignal): Promise<Contents> {
  const tensors: TensorEntry[] = [];
  const texts: TextEntry[] = [];
  const notes: Note[] = [];
  const seen = new Set<string>();
  let links = 0;
  let faults = 0;
  let listed = 0;
  let attributed = 0;

  const list = (group: readonly Metadata[], to: Metadata[]): void => {
    const room = group.slice(0, Math.max(0, MAX_METADATA - listed));
    to.push(...room);
    listed += room.length;
  };
  /** What `read` returns; undefined, and a note, if the library fails. */
  const attempt = async <T>(path: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof EngineError) || error instanceof CancelledError) throw error;
      notes.push({ name: path, reason: error.message });
      if (++faults >= MAX_FAULTS)
        throw new FormatError('hdf5', `too much of it is damaged (${error.message})`);
      return undefined;
    }
  };
  const attributesOf = async (path: string): Promise<Metadata[]> =>
    ++attributed > MAX_ATTRIBUTED
      ? []
      : ((await attempt(path, () => file.use((h5, handle) => readAttributes(h5, handle, path)))) ?? []);

  const root = await targetOf(file, '/');
  if (root.kind !== 'group') throw new FormatError('hdf5', 'the root is no group: the file is damaged');
  const attributes = (await attributesOf('/')).map(summarised);
  const keras = attributes.some(({ name }) => /^(keras_version|layer_names|model_config)$/.test(name));
  const metadata: Metadata[] = [];
  list(attributes, metadata);
  seen.add(root.address);
  const groups: Group[] = [{ links: [], names: root.names, metadata, next: 0 }];

  for (let group = groups.at(-1); group; group = groups.at(-1)) {
    if (group.next === group.names.length || links === MAX_LINKS) {
      groups.pop();
      continue;
    }
    if (++links % LINKS_PER_TURN === 0) await nextTurn(signal);
    const own = group.names[group.next++];
    const path = [...group.links, own];
    const absolute = `/${path.join('/')}`;
    const name = datasetName(path, keras);
    const target = await attempt(name, () => targetOf(file, absolute));
    if (target?.kind === 'link') {
      list(
        [{ name: own, value: `→ ${target.file ? `${target.file}: ` : ''}${target.target}` }],
        group.metadata,
      );
      if (target.file)
        notes.push({ name, reason: `is a link into another file, '${target.file}', which is not opened` });
    } else if (target?.kind === 'dataset') {
      const arrays = datasetArrays(name, target, await attributesOf(absolute));
      tensors.push(...arrays.tensors);
      texts.push(...arrays.texts);
      notes.push(...arrays.notes);
    } else if (target?.kind === 'group') {
      if (seen.has(target.address)) continue; // another link to it
      seen.add(target.address);
      if (path.length > MAX_DEPTH) {
        notes.push({ name, reason: `is more than ${MAX_DEPTH} groups deep; it is not listed` });
        continue;
      }
      const children: Metadata[] = [];
      list(await attributesOf(absolute), children);
      list([{ name: own, children }], group.metadata);
      groups.push({ links: path, names: target.names, metadata: children, next: 0 });
    }
  }
  if (links === MAX_LINKS) notes.push({ name: '', reason: `only the first ${MAX_LINKS} links are listed` });
  if (attributed > MAX_ATTRIBUTED) {
    notes.push({
      name: '',
      reason: `the attributes of only the first ${MAX_ATTRIBUTED} groups and arrays are read`,
    });
  }
  return { tensors, texts, notes, metadata };
}

/** Follows hard links only. */
function targetOf(file: Hdf5File, path: string): Promise<Target> {
  return file.use((h5, handle): Target => {
    const soft = path === '/' ? null : h5.get_symbolic_link(handle, path);
    if (soft !== null) return { kind: 'link', target: soft };
    switch (h5.get_type(handle, path)) {
      case h5.H5G_GROUP:
        return {
          kind: 'group',
          address: String(h5.create_object_reference(handle, path)),
          names: h5.get_names(handle, path, false),
        };
      case h5.H5G_DATASET:
        return { kind: 'dataset', ...describeDataset(h5, handle, file, path) };
      case h5.H5G_UDLINK: {
        // No other file could be opened, so it is still a link.
        const { filename, obj_path = '' } = h5.get_external_link(handle, path);
        return filename === undefined
          ? { kind: 'other' }
          : { kind: 'link', target: obj_path, file: filename };
      }
      default:
        return { kind: 'other' };
    }
  });
}

function summarised(attribute: Metadata): Metadata {
  const summary = attribute.name === 'model_config' ? kerasConfig(attribute.value ?? '') : undefined;
  return summary ? { name: attribute.name, children: [summary] } : attribute;
}
