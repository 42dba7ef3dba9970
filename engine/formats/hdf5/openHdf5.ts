import type { ByteSource } from '../bytes/byteSource';
import { keptPages } from '../bytes/keptPages';
import type { Contents, OpenContext } from '../tensorFile';
import { openHdf5File } from './hdf5File';
import { listObjects } from './listObjects';

/**
 * Opens an HDF5 file, also one that Keras has written. Only the headers of groups and datasets are read. Nothing leads
 * out of the file: external links, external storage and virtual datasets are not followed.
 * @throws FormatError if the file is damaged
 */
export async function openHdf5(source: ByteSource, { signal }: OpenContext): Promise<Contents> {
  // To open the file for each of a header's small ranges would take longer than to read them.
  const pages = keptPages(source);
  try {
    return await listObjects(await openHdf5File(pages.source, signal), signal);
  } finally {
    pages.stop();
  }
}
