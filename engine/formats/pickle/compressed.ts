import { UnsupportedError } from '../../errors';
import { memoryBytes, type ByteSource } from '../bytes/byteSource';
import { collect, inflate, piecesOf } from '../bytes/inflate';
import { inflateLimit } from '../limits';
import type { Contents, OpenContext } from '../tensorFile';
import { openPickle } from './openPickle';

/** How the other compressions of joblib start. Source: joblib/compressor.py. */
const OTHERS: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['bz2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['lzma', [0x5d, 0x00, 0x00]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['zlib by joblib before 0.10', [0x5a, 0x46]],
];

/** Whether a file starts as zlib or another compression that joblib offers (gzip is read whatever is in it). */
export function isCompressedPickle(head: Uint8Array): boolean {
  return isZlib(head) || otherCompression(head) !== undefined;
}

/** A pickle that joblib compressed as a whole: inflated into memory. @throws UnsupportedError if it is not by zlib */
export async function openCompressedPickle(source: ByteSource, context: OpenContext): Promise<Contents> {
  const head = await source.read(0, 6, context.signal);
  const other = otherCompression(head);
  if (other) {
    throw new UnsupportedError(
      `pickle: is compressed with ${other}; only zlib and gzip are read: joblib.dump(value, path, compress=('zlib', 3))`,
    );
  }
  const pieces = inflate(piecesOf(source, 'pickle', context.signal), 'deflate', 'pickle');
  return openPickle(memoryBytes(await collect(pieces, inflateLimit(source.size), 'pickle')), context);
}

/** Two bytes that are a multiple of 31, for a window of 32 KiB. Source: RFC 1950, section 2.2. */
function isZlib([first, second]: Uint8Array): boolean {
  return first === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(second);
}

function otherCompression(head: Uint8Array): string | undefined {
  return OTHERS.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0];
}
