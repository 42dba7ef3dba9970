import { FormatError } from '../../errors';
import { within } from '../access';
import { memoryBytes, readBytes, type ByteSource } from '../bytes/byteSource';
import { contentsOf } from '../pickle/contents';
import { GlobalTable } from '../pickle/globals';
import { loadPickle } from '../pickle/machine';
import type { PersistentIds, Value } from '../pickle/values';
import type { Contents, Metadata, OpenContext } from '../tensorFile';
import { ZipContents } from '../zip/zip';
import type { ZipMember } from '../zip/zipDirectory';
import { KNOWN_GLOBALS } from './globals';
import { parseStorageId } from './storages';

/** The longest of the small texts beside the data. */
const MAX_RECORD = 100;

/** Whether these are the members of a file that torch.save or torch.jit.save wrote. */
export function isTorch(members: readonly ZipMember[]): boolean {
  return members.some(isData);
}

function isData({ name }: ZipMember): boolean {
  return /(^|\/)data\.pkl$/.test(name);
}

/** The folder of the outermost data.pkl, named after the file as it was saved; everything else is beside it. */
function folderOf(members: readonly ZipMember[]): string {
  const names = members.filter(isData).map(({ name }) => name);
  const outermost = names.reduce((shortest, name) => (name.length < shortest.length ? name : shortest));
  return outermost.slice(0, -'data.pkl'.length);
}

/**
 * Opens a zip file of torch.save or torch.jit.save: data.pkl says what there is, and each storage is a member. Tensors
 * are read by the ranges that they take in their storage. The code of TorchScript is not looked at.
 * Source: torch/serialization.py, _save and _load; torch/csrc/jit/serialization/export_module.cpp.
 * @throws FormatError if it is damaged
 */
export async function openTorchZip(
  source: ByteSource,
  members: readonly ZipMember[],
  { name, signal }: OpenContext,
): Promise<Contents> {
  const archive = new TorchArchive(source, members);
  const byteOrder = await archive.record('byteorder', signal);
  const version =
    (await archive.record('version', signal)) ?? (await archive.record('.data/version', signal));
  const globals = new GlobalTable(KNOWN_GLOBALS);

  const load = async (pickle: ByteSource, storages: string): Promise<Value> => {
    const persistent: PersistentIds = (value, machine) => {
      const { type, key, count } = parseStorageId(value, machine);
      const bytes = archive.later(`${storages}/${key}`);
      return { kind: 'storage', type, count, bytes, littleEndian: byteOrder !== 'big' };
    };
    return (await loadPickle(pickle, { globals, persistent, signal })).value;
  };

  const data = contentsOf(await load(await archive.open('data.pkl', signal), 'data'), name);
  const isScript = archive.names().includes('constants.pkl');
  const constants = isScript ? await load(await archive.open('constants.pkl', signal), 'constants') : null;
  const script = contentsOf(named('constants', constants), name);
  const code = archive.names().filter(member => member.startsWith('code/'));
  const about: Metadata[] = [
    { name: 'written by', value: isScript ? 'torch.jit.save' : 'torch.save' },
    ...(version ? [{ name: 'version', value: version }] : []),
    ...(byteOrder ? [{ name: 'byte order', value: byteOrder }] : []),
    ...(code.length > 0 ? [{ name: 'code', value: `${code.length} files, not run` }] : []),
  ];
  return {
    // What torch.jit.load makes of the parts is for the script to say.
    tensors: isScript
      ? [...data.tensors, ...script.tensors].map(entry => within(undefined, entry))
      : data.tensors,
    texts: data.texts,
    notes: [...data.notes, ...script.notes, ...globals.notes()],
    metadata: [...about, ...(data.metadata ?? [])],
    format: 'torch',
    ...(byteOrder === 'big' && { python: { warning: 'big-endian: PyTorch before 2.1 reads it wrong' } }),
  };
}

function named(name: string, value: Value): Value {
  return { kind: 'dict', items: new Map([[name, value]]) };
}

/** The members of the zip file, by their names without the folder. */
class TorchArchive {
  private readonly members: ReadonlyMap<string, ZipMember>;
  private readonly contents: ZipContents;

  constructor(source: ByteSource, members: readonly ZipMember[]) {
    this.contents = new ZipContents(source);
    const folder = folderOf(members);
    this.members = new Map(
      members
        .filter(({ name }) => name.startsWith(folder))
        .map(member => [member.name.slice(folder.length), member]),
    );
  }

  names(): string[] {
    return [...this.members.keys()];
  }

  /** @throws FormatError if there is no such member */
  async open(name: string, signal?: AbortSignal): Promise<ByteSource> {
    const member = this.members.get(name);
    if (!member) throw new FormatError('torch', `there is no member ${name}`);
    return this.contents.open(member, 0, signal);
  }

  /** A member that is opened when it is read; without bytes if there is none of that name. */
  later(name: string): ByteSource {
    const member = this.members.get(name);
    if (!member) return memoryBytes(new Uint8Array(0));
    let opened: ByteSource | undefined;
    return {
      size: member.size,
      read: async (offset, length, signal) => {
        opened ??= await this.contents.open(member, 0, signal);
        return opened.read(offset, length, signal);
      },
    };
  }

  /** A member that is a short text. */
  async record(name: string, signal?: AbortSignal): Promise<string | undefined> {
    if (!this.members.has(name)) return undefined;
    const content = await this.open(name, signal);
    if (content.size > MAX_RECORD) return undefined;
    return new TextDecoder().decode(await readBytes(content, 'torch', 0, content.size, signal)).trim();
  }
}
