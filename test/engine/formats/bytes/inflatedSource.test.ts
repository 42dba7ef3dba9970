import assert from 'node:assert/strict';
import { CancelledError, FormatError } from '../../../../engine/errors';
import { inflatedSource, type InflateCursor } from '../../../../engine/formats/bytes/inflatedSource';

const PIECE = 2 ** 16;

/** `size` bytes, each the number of its piece, in pieces; counts how often the stream was begun and how far it went. */
function stream(size: number) {
  const counts = { opened: 0, pieces: 0 };
  async function* open(): AsyncGenerator<Uint8Array, void> {
    counts.opened++;
    for (let at = 0; at < size; at += PIECE) {
      counts.pieces++;
      yield await Promise.resolve(new Uint8Array(Math.min(PIECE, size - at)).fill(at / PIECE));
    }
  }
  return { open, counts };
}

describe('inflatedSource', () => {
  it('inflates once for reads one after the other, and no further than asked', async () => {
    const { open, counts } = stream(100 * PIECE);
    const source = inflatedSource('test', 100 * PIECE, open, []);
    for (let i = 0; i < 50; i++) {
      const bytes = await source.read(i * PIECE - (i > 0 ? 1 : 0), PIECE);
      assert.equal(bytes.at(-1), i > 0 ? i : 0);
    }
    assert.deepEqual(counts, { opened: 1, pieces: 50 });
    await source.read(0, 10);
    assert.equal(counts.opened, 1, 'what is a little behind is still there');
  });

  it('reads here and there without losing the position of who reads all', async () => {
    const size = 1200 * PIECE; // more than two windows
    const { open, counts } = stream(size);
    const source = inflatedSource('test', size, open, []);
    await source.read(900 * PIECE, 1);
    await source.read(0, 1);
    await source.read(901 * PIECE, 1);
    await source.read(1 * PIECE, 1);
    assert.equal(counts.opened, 2);
    assert.equal((await source.read(902 * PIECE, 1))[0], 902 % 256);
  });

  it('keeps few windows, whatever the number of sources', async () => {
    const shared: InflateCursor[] = [];
    const sources = Array.from({ length: 5 }, () =>
      inflatedSource('test', PIECE, stream(PIECE).open, shared),
    );
    for (const source of sources) await source.read(0, 1);
    assert.equal(shared.length, 2);
  });

  it('goes on after a read that was cancelled', async () => {
    const { open, counts } = stream(100 * PIECE);
    const source = inflatedSource('test', 100 * PIECE, open, []);
    const controller = new AbortController();
    const pending = source.read(0, 100 * PIECE, controller.signal);
    await Promise.resolve();
    controller.abort();
    await assert.rejects(pending, CancelledError);
    assert.equal((await source.read(50 * PIECE, 1))[0], 50);
    assert.equal(counts.opened, 1);
  });

  it('refuses a stream that is longer or shorter than it should be', async () => {
    for (const [size, message] of [
      [PIECE - 1, /inflates to more of the 65535 bytes/],
      [2 * PIECE, /inflates to only 65536 of the 131072 bytes/],
    ] as const) {
      const source = inflatedSource('test', size, stream(PIECE).open, []);
      await assert.rejects(source.read(0, size), (error: unknown) => {
        assert.ok(error instanceof FormatError);
        assert.match(error.message, message);
        return true;
      });
    }
  });
});
