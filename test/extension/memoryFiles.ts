import { readFileSync } from 'node:fs';
import { Disposable, EventEmitter, FileType, type FileChangeEvent, type FileSystemProvider } from 'vscode';

/**
 * A read-only file system of one file, as a remote repository or a web page would provide it.
 * @param size what it says of the file's size
 */
export function memoryFiles(path: string, size?: number): FileSystemProvider {
  const bytes = new Uint8Array(readFileSync(path));
  const readOnly = (): never => {
    throw new Error('read-only');
  };
  return {
    onDidChangeFile: new EventEmitter<FileChangeEvent[]>().event,
    watch: () => new Disposable(() => undefined),
    stat: () => ({ type: FileType.File, ctime: 0, mtime: 0, size: size ?? bytes.length }),
    readFile: () => bytes,
    readDirectory: () => [],
    createDirectory: readOnly,
    writeFile: readOnly,
    delete: readOnly,
    rename: readOnly,
  };
}
