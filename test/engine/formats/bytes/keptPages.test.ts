import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memoryBytes } from '../../../../engine/formats';
import { keptPages } from '../../../../engine/formats/bytes/keptPages';

const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 251);

function counted() {
  let reads = 0;
  const { source, stop } = keptPages({
    ...memoryBytes(content),
    readSync(offset, length) {
      reads++;
      return content.subarray(offset, offset + length);
    },
  });
  return { read: source.readSync!, stop, reads: () => reads };
}

describe('keptPages', () => {
  it('gives any range, cut at the end', () => {
    const { read } = counted();
    const ranges = fc.tuple(fc.integer({ min: 0, max: 100_100 }), fc.integer({ min: 0, max: 40_000 }));
    fc.assert(
      fc.property(ranges, ([offset, length]) => {
        assert.deepEqual(read(offset, length), content.subarray(offset, offset + length));
      }),
    );
  });

  it('reads many small ranges in few requests, until it is stopped', () => {
    const { read, reads, stop } = counted();
    for (let offset = 0; offset < 100_000; offset += 100) read(offset, 90);
    assert.equal(reads(), 7);
    read(0, 50_000);
    assert.equal(reads(), 8);
    stop();
    read(0, 10);
    read(0, 10);
    assert.equal(reads(), 10);
  });
});
