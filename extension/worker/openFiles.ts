import { basename } from 'node:path';
import { openTensorFile, type TensorFile } from '../../engine/formats';
import { fileSource, fileVersion, type FileVersion } from '../workspace/fileSource';
import type { FileContent } from './engineRequests';

/** Files whose index is kept. An index is small; images and JSON keep their decoded elements too. */
const KEPT = 16;

/** Opens files, and remembers the index of those on disk for as long as they do not change. */
export interface OpenFiles {
  /** @throws FormatError, UnsupportedError, CancelledError */
  open(file: FileContent, signal?: AbortSignal): Promise<TensorFile>;
}

export function createOpenFiles(): OpenFiles {
  // In the order of use, the oldest first.
  const kept = new Map<string, { version: FileVersion; file: TensorFile }>();

  return {
    async open(content, signal) {
      if (content.kind === 'memory')
        return openTensorFile(new Uint8Array(content.bytes), content.name, signal);
      const { path } = content;
      const version = await fileVersion(path);
      const known = kept.get(path);
      kept.delete(path);
      const unchanged = known?.version.size === version.size && known.version.mtimeMs === version.mtimeMs;
      const file = unchanged
        ? known.file
        : await openTensorFile(fileSource(path, version), basename(path), signal);
      kept.set(path, { version, file });
      if (kept.size > KEPT) kept.delete([...kept.keys()][0]);
      return file;
    },
  };
}
