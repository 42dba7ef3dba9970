import { UnsupportedError } from '../../errors';
import type { ByteSource } from '../byteSource';
import type { Contents, OpenContext } from '../tensorFile';
import type { ZipMember } from '../zip';

/** Whether these are the members of a .keras archive (Keras 3). */
export function isKeras(members: readonly ZipMember[]): boolean {
  return members.some(({ name }) => name === 'model.weights.h5');
}

export function openKeras(
  _source: ByteSource,
  _members: readonly ZipMember[],
  _context: OpenContext,
): Promise<Contents> {
  throw new UnsupportedError('keras: not read yet');
}
