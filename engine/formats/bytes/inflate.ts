import { EngineError, FormatError } from '../../errors';
import { formatBytes } from '../../tensor';
import { readBytes, type ByteSource } from './byteSource';

/** Bytes handed to the decompressor at once. */
const PIECE = 2 ** 18;

/** All bytes of `source`, piece by piece. */
export async function* piecesOf(
  source: ByteSource,
  format: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  for (let position = 0; position < source.size; position += PIECE) {
    yield await readBytes(source, format, position, Math.min(PIECE, source.size - position), signal);
  }
}

/**
 * The decompressed bytes of a zlib or gzip stream, piece by piece; stopping early costs nothing.
 * @throws FormatError if the stream is damaged or ends early (checksums are verified)
 */
export async function* inflate(
  pieces: AsyncGenerator<Uint8Array, void>,
  kind: 'gzip' | 'deflate',
  format: string,
): AsyncGenerator<Uint8Array, void> {
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      // A copy: the stream may take the buffer away from its owner.
      else controller.enqueue(new Uint8Array(next.value));
    },
  });
  const reader = compressed.pipeThrough(new DecompressionStream(kind)).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new FormatError(format, 'the compressed bytes are damaged or end early', undefined, {
      cause: error,
    });
  } finally {
    // After a failure there is nothing to cancel, and cancel() reports that same failure again.
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The pieces as one array.
 * @param limit bytes after which to stop
 * @throws FormatError if there are more
 */
export async function collect(
  pieces: AsyncIterable<Uint8Array>,
  limit: number,
  format: string,
): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limit) {
      throw new FormatError(
        format,
        `inflates to over ${formatBytes(limit)}, more than it should: it is damaged or a zip bomb, and was not read`,
      );
    }
    kept.push(piece);
  }
  return concat(kept);
}

/** The pieces, one after the other. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    all.set(piece, position);
    position += piece.length;
  }
  return all;
}
