import { FormatError, throwIfCancelled } from '../../errors';
import type { ByteSource } from './byteSource';

/** Bytes behind the position of a cursor that stay in memory. */
const WINDOW = 2 ** 25;

/** Cursors of one source: one for somebody who reads all of it, one for somebody who looks here and there meanwhile. */
const MAX_CURSORS = 2;

/**
 * Compressed bytes as a source. They are inflated from the start up to what is asked for; who reads on from there, or a
 * little behind, does not inflate them again. At most {@link MAX_CURSORS} windows of 32 MiB stay in memory.
 * @param size of all bytes, inflated
 * @param open starts to inflate anew
 * @param shared the cursors of all sources that share the memory
 */
export function inflatedSource(
  format: string,
  size: number,
  open: () => AsyncGenerator<Uint8Array, void>,
  shared: InflateCursor[],
): ByteSource {
  return {
    size,
    read(offset, length, signal) {
      const count = Math.max(0, Math.min(length, size - offset));
      // The one that is nearest before, so that the others stay where they are.
      const near = shared
        .filter(cursor => cursor.open === open && cursor.windowStart <= offset)
        .sort((a, b) => b.position - a.position)
        .at(0);
      const cursor = near ?? new InflateCursor(format, size, open);
      const at = shared.indexOf(cursor);
      if (at >= 0) shared.splice(at, 1);
      shared.push(cursor);
      while (shared.length > MAX_CURSORS) void shared.shift()?.close();
      return cursor.read(offset, count, signal);
    },
  };
}

/** A position in an inflated stream, with the last bytes before it. */
export class InflateCursor {
  /** Inflated so far. */
  position = 0;
  private window: Uint8Array[] = [];
  private windowSize = 0;
  private pieces?: AsyncGenerator<Uint8Array, void>;
  private busy: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly format: string,
    private readonly size: number,
    readonly open: () => AsyncGenerator<Uint8Array, void>,
  ) {}

  get windowStart(): number {
    return this.position - this.windowSize;
  }

  /** @throws FormatError if the stream is damaged, or longer or shorter than it should be */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    // One after the other, since they share the position.
    const result = this.busy.then(() => this.readNow(offset, length, signal));
    this.busy = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.busy;
    await this.restart();
  }

  private async readNow(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    throwIfCancelled(signal);
    if (offset < this.windowStart) await this.restart();
    const result = new Uint8Array(length);
    let start = this.windowStart;
    for (const piece of this.window) {
      copyOverlap(piece, start, result, offset);
      start += piece.length;
    }
    // At the end one more step makes the stream compare its checksum.
    while (this.position < offset + length || (this.position === this.size && this.pieces)) {
      await this.step(result, offset);
      throwIfCancelled(signal);
    }
    return result;
  }

  /** Inflates one piece further. */
  private async step(result: Uint8Array, offset: number): Promise<void> {
    try {
      this.pieces ??= this.open();
      const { value: piece, done } = await this.pieces.next();
      if (done) {
        this.pieces = undefined;
        if (this.position < this.size) throw this.wrongSize(`only ${this.position}`);
        return;
      }
      if (this.position + piece.length > this.size) throw this.wrongSize('more');
      copyOverlap(piece, this.position, result, offset);
      this.position += piece.length;
      this.windowSize += piece.length;
      this.window.push(piece);
      while (this.windowSize - this.window[0].length >= WINDOW) {
        this.windowSize -= this.window[0].length;
        this.window.shift();
      }
    } catch (error) {
      await this.restart();
      throw error;
    }
  }

  private wrongSize(found: string): FormatError {
    return new FormatError(
      this.format,
      `inflates to ${found} of the ${this.size} bytes it should have: it is damaged or a zip bomb, and was not read`,
    );
  }

  private async restart(): Promise<void> {
    const { pieces } = this;
    this.pieces = undefined;
    this.position = 0;
    this.window = [];
    this.windowSize = 0;
    await pieces?.return();
  }
}

/** Copies what `piece`, which begins at `pieceAt`, and `result`, which begins at `resultAt`, have in common. */
function copyOverlap(piece: Uint8Array, pieceAt: number, result: Uint8Array, resultAt: number): void {
  const start = Math.max(pieceAt, resultAt);
  const end = Math.min(pieceAt + piece.length, resultAt + result.length);
  if (start < end) result.set(piece.subarray(start - pieceAt, end - pieceAt), start - resultAt);
}
