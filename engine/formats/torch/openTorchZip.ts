import { UnsupportedError } from '../../errors';
import type { ByteSource } from '../byteSource';
import type { Contents, OpenContext } from '../tensorFile';
import type { ZipMember } from '../zip';

/** Whether these are the members of a file that torch.save or torch.jit.save wrote. */
export function isTorch(members: readonly ZipMember[]): boolean {
  return members.some(({ name }) => /(^|\/)data\.pkl$/.test(name));
}

export function openTorchZip(
  _source: ByteSource,
  _members: readonly ZipMember[],
  _context: OpenContext,
): Promise<Contents> {
  throw new UnsupportedError('torch: not read yet');
}
