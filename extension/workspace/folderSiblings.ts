import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { FormatError, UnsupportedError } from '../../engine';
import type { ByteSource, Siblings } from '../../engine/formats';
import { fileSource, fileVersion, type DiskFile } from './fileSource';
import { leadsOut } from './leadsOut';

/** Different files that one file may lead to; the largest published models have a few hundred parts. */
const MAX_SIBLINGS = 1024;

export interface FolderSiblings extends Siblings {
  /** Those opened so far. */
  readonly files: readonly DiskFile[];
}

/**
 * The files in the folder of `path` and below it, for formats that keep their data in several. What a file names is not
 * to be trusted: nothing outside that folder is opened, whatever `..`, absolute paths or links say.
 */
export function folderSiblings(path: string): FolderSiblings {
  const opened = new Map<string, ByteSource>();
  const files: DiskFile[] = [];
  return {
    files,
    async open(name) {
      const target = await contained(dirname(path), name);
      const known = opened.get(target);
      if (known) return known;
      if (opened.size >= MAX_SIBLINGS) {
        throw new UnsupportedError(
          `${name}: the file keeps its data in more than ${MAX_SIBLINGS} other files; join them first`,
        );
      }
      const version = await fileVersion(target);
      const source = fileSource(target, version);
      opened.set(target, source);
      files.push({ path: target, version });
      return source;
    },
  };
}

/** The real path of `name` in `folder`. @throws FormatError if it lies elsewhere, or is not there */
async function contained(folder: string, name: string): Promise<string> {
  // Said before anything is looked for: what lies elsewhere is nobody's business, not even whether it exists.
  const asked = relative(folder, join(folder, name));
  if (isAbsolute(name) || leadsOut(asked)) throw outside(name);
  const [realFolder, target] = await Promise.all([realpath(folder), realpath(join(folder, name))]).catch(
    (error: unknown) => {
      throw new FormatError(name, 'this file is needed beside the opened one and is not there', undefined, {
        cause: error,
      });
    },
  );
  if (leadsOut(relative(realFolder, target))) throw outside(name);
  return target;
}

function outside(name: string): FormatError {
  return new FormatError(
    name,
    'the file refers to data outside of its own folder, which is not opened; move that data beside it',
  );
}
