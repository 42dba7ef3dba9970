import { UnsupportedError } from '../errors';
import type { ByteSource } from './byteSource';
import type { Contents, OpenContext } from './tensorFile';

export function openCsv(_source: ByteSource, _context: OpenContext): Promise<Contents> {
  throw new UnsupportedError('csv: not read yet');
}
