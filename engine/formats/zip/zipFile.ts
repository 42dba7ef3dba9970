import type { ByteSource } from '../bytes/byteSource';
import { isKeras, openKeras } from '../hdf5/openKeras';
import { openNpz } from '../numpy/npz';
import type { Contents, OpenContext } from '../tensorFile';
import { isTorch, openTorchZip } from '../torch/openTorchZip';
import { readZipMembers } from './zipDirectory';

/**
 * Opens a zip file by what is in it: PyTorch's data.pkl, Keras' config.json, or else the members of an .npz.
 * @throws FormatError if it is not a zip file, or its directory is damaged
 */
export async function openZip(source: ByteSource, context: OpenContext): Promise<Contents> {
  const members = await readZipMembers(source, context.signal);
  if (isTorch(members)) return openTorchZip(source, members, context);
  if (isKeras(members)) return openKeras(source, members, context);
  return openNpz(source, members, context);
}
