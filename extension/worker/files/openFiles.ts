import { basename } from 'node:path';
import { CancelledError, EngineError, FormatError, UnsupportedError } from '../../../engine';
import { openTensorFile, type Siblings, type TensorEntry, type TensorFile } from '../../../engine/formats';
import {
  fileSource,
  fileVersion,
  isSameVersion,
  type DiskFile,
  type FileVersion,
} from '../../workspace/fileSource';
import type { FileContent } from '../runs/engineRequests';
import { folderSiblings, type FolderSiblings } from '../../workspace/folderSiblings';

/** Files whose index is kept. An index is small; images and JSON keep their decoded elements too. */
const KEPT = 16;

/** A file of arrays, opened. Its errors name it: a run has several files. */
export interface OpenedFile extends TensorFile {
  /** Short name for messages and labels. */
  readonly label: string;
  readonly isImage: boolean;
}

/**
 * Opens files, and remembers the index of those on disk for as long as they do not change.
 * @throws FormatError, UnsupportedError, CancelledError
 */
export type OpenFile = (file: FileContent, signal?: AbortSignal) => Promise<OpenedFile>;

export function createOpenFile(): OpenFile {
  // In the order of use, the oldest first.
  const kept = new Map<string, { version: FileVersion; siblings: FolderSiblings; file: OpenedFile }>();

  return async (content, signal) => {
    if (content.kind === 'memory') return open(new Uint8Array(content.bytes), content.name, signal);
    const { path } = content;
    const version = await fileVersion(path);
    const known = kept.get(path);
    kept.delete(path);
    if (known && isSameVersion(known.version, version) && (await areUnchanged(known.siblings.files))) {
      kept.set(path, known);
      return known.file;
    }
    const siblings = folderSiblings(path);
    const file = await open(fileSource(path, version), basename(path), signal, siblings);
    kept.set(path, { version, siblings, file });
    if (kept.size > KEPT) kept.delete([...kept.keys()][0]);
    return file;
  };
}

async function areUnchanged(files: readonly DiskFile[]): Promise<boolean> {
  const now = await Promise.all(files.map(({ path }) => fileVersion(path).catch(() => undefined)));
  return files.every(({ version }, i) => isSameVersion(version, now[i]));
}

async function open(
  bytes: Parameters<typeof openTensorFile>[0],
  label: string,
  signal?: AbortSignal,
  siblings?: Siblings,
): Promise<OpenedFile> {
  const file = await namingFile(label, () => openTensorFile(bytes, label, signal, siblings));
  return {
    ...file,
    label,
    isImage: ['png', 'jpeg'].includes(file.format),
    tensors: file.tensors.map((tensor): TensorEntry => ({
      ...tensor,
      read: (region, readSignal, memory) => namingFile(label, () => tensor.read(region, readSignal, memory)),
    })),
  };
}

/** Does `work`; puts the file's name before what the engine has to say against the file, unless it is there already. */
async function namingFile<T>(label: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError) || error instanceof CancelledError) throw error;
    if (error.message.startsWith(label)) throw error;
    if (error instanceof UnsupportedError) {
      throw new UnsupportedError(`${label}: ${error.message}`, { cause: error });
    }
    throw new FormatError(label, error.message, undefined, { cause: error });
  }
}
