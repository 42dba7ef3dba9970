import { FormatError } from '../../errors';
import { memoryBytes, readBytes, sliceSource, type ByteSource } from '../bytes/byteSource';
import { contentsOf } from '../pickle/contents';
import { printable } from '../pickle/describe';
import type { GlobalTable } from '../pickle/globals';
import { loadPickle } from '../pickle/machine';
import { isKind, type Constructor, type PersistentIds, type Value } from '../pickle/values';
import { outline } from '../pickle/outline';
import type { Contents, OpenContext } from '../tensorFile';
import { parseStorageId, type StorageId } from './storages';

/** The first pickle of a file that torch.save wrote before 1.6. Source: torch/serialization.py, MAGIC_NUMBER. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

type Load = (start: number, persistent?: PersistentIds) => Promise<{ value: Value; end: number }>;

export function isLegacyMagic(value: Value): boolean {
  return value === MAGIC;
}

/**
 * Opens a file that torch.save wrote before PyTorch 1.6, or after with `_use_new_zipfile_serialization=False`.
 * @param start position after the first pickle, the magic number
 * @throws FormatError if it is damaged
 */
export async function openLegacyTorch(
  source: ByteSource,
  start: number,
  globals: GlobalTable,
  { name, signal }: OpenContext,
): Promise<Contents> {
  const load: Load = (at, persistent) => loadPickle(source, { globals, persistent, signal }, at);
  const { value, system, end } = await readLegacy(source, start, load, signal);
  const contents = contentsOf(value, name);
  const notes = [...contents.notes, ...globals.notes()];
  if (end < source.size)
    notes.push({ name: '', reason: `${source.size - end} bytes after the storages are not read` });
  const about = { name: 'written by', value: 'torch.save, legacy format', children: outline(system) };
  return { ...contents, notes, metadata: [about, ...(contents.metadata ?? [])], format: 'torch' };
}

/** `_load_from_bytes(bytes)`: a storage in a plain pickle, as a file of the legacy format inside of it. */
export const LEGACY_GLOBALS: readonly (readonly [string, Constructor])[] = [
  [
    'torch.storage._load_from_bytes',
    async ([bytes], machine) => {
      if (!isKind(bytes, 'bytes')) return machine.fail('a storage of something that is not bytes');
      const load: Load = (at, persistent) => machine.nested(bytes.source, at, persistent);
      const magic = await load(0);
      if (!isLegacyMagic(magic.value)) return machine.fail('a storage in a format that we do not know');
      return (await readLegacy(bytes.source, magic.end, load)).value;
    },
  ],
];

/**
 * Magic number, protocol version, about the system, the object, the keys of the storages: five pickles; then for each key
 * an int64 with the number of elements, and these. Source: torch/serialization.py, _legacy_save.
 */
async function readLegacy(
  source: ByteSource,
  start: number,
  load: Load,
  signal?: AbortSignal,
): Promise<{ value: Value; system: Value; end: number }> {
  const protocol = await load(start);
  if (protocol.value !== PROTOCOL)
    throw new FormatError('torch', `a legacy file has protocol ${PROTOCOL}, this one another`, start);
  const system = await load(protocol.end);
  const storages = new LegacyStorages();
  const object = await load(system.end, storages.find);
  const keys = await load(object.end);
  if (!isKind(keys.value, 'list'))
    throw new FormatError('torch', 'the keys of the storages are no list', object.end);
  const end = await storages.locate(source, keys.value.items, keys.end, signal);
  return { value: object.value, system: system.value, end };
}

/** Storages that are named before it is known where they are. */
class LegacyStorages {
  private readonly found = new Map<string, { readonly id: StorageId; bytes?: ByteSource }>();

  readonly find: PersistentIds = (value, machine) => {
    // A module: its class, the name of the file that defines it, and that file's text.
    if (isKind(value, 'tuple') && value.items[0] === 'module') return value.items[1] ?? null;
    const id = parseStorageId(value, machine);
    const place = this.found.get(id.key) ?? { id };
    this.found.set(id.key, place);
    const { offset, count } = id.view ?? { offset: 0, count: id.count };
    const { width } = id.type;
    const bytes = deferred(() => {
      if (!place.bytes) return memoryBytes(new Uint8Array(0));
      const available = Math.max(0, place.bytes.size - offset * width);
      return sliceSource(place.bytes, offset * width, Math.min(count * width, available));
    });
    return { kind: 'storage', type: id.type, count, littleEndian: true, bytes };
  };

  /** @returns the position after the last storage */
  async locate(
    source: ByteSource,
    keys: readonly Value[],
    start: number,
    signal?: AbortSignal,
  ): Promise<number> {
    let at = start;
    for (const key of keys) {
      const place = typeof key === 'string' ? this.found.get(key) : undefined;
      if (!place) throw new FormatError('torch', 'a storage that nothing in the file names', at);
      const head = await readBytes(source, 'torch', at, 8, signal);
      const count = new DataView(head.buffer, head.byteOffset, 8).getBigInt64(0, true);
      const { id } = place;
      if (count !== BigInt(id.count)) {
        throw new FormatError(
          'torch',
          `storage ${printable(id.key)} should hold ${id.count} elements, but has ${count}`,
          at,
        );
      }
      at += 8;
      const length = Math.min(id.count * id.type.width, source.size - at);
      place.bytes = sliceSource(source, at, length);
      at += length;
    }
    return at;
  }
}

/** Bytes that are known by the time they are asked for. */
function deferred(source: () => ByteSource): ByteSource {
  return {
    get size() {
      return source().size;
    },
    read: (offset, length, signal) => source().read(offset, length, signal),
  };
}
