import { UnsupportedError } from '../../errors';
import type { ByteSource } from '../byteSource';
import type { Contents, OpenContext } from '../tensorFile';

/** `\x89HDF\r\n\x1a\n` */
export const HDF5_SIGNATURE: readonly number[] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function openHdf5(_source: ByteSource, _context: OpenContext): Promise<Contents> {
  throw new UnsupportedError('hdf5: not read yet');
}
