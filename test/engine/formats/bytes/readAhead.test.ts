import assert from 'node:assert/strict';
import { memoryBytes } from '../../../../engine/formats';
import { readAhead } from '../../../../engine/formats/bytes/readAhead';
import { counting } from '../support/sources';

const content = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 31) % 251);

describe('readAhead', () => {
  it('reads many small ranges in few requests', async () => {
    const starts = Array.from({ length: 1000 }, (_, i) => i * 900);
    const source = counting(memoryBytes(content));
    const ahead = readAhead(source, starts, 100);
    for (const start of starts) {
      assert.deepEqual(await ahead.read(start, 60), content.subarray(start, start + 60));
      assert.deepEqual(await ahead.read(start + 60, 40), content.subarray(start + 60, start + 100));
    }
    assert.equal(source.reads, 1);
  });

  it('does not read what lies between ranges far apart, nor beyond the last', async () => {
    const source = counting(memoryBytes(content));
    const ahead = readAhead(source, [999_950, 0, 500_000], 100);
    for (const start of [0, 500_000, 999_950]) {
      assert.deepEqual(await ahead.read(start, 50), content.subarray(start, start + 50));
    }
    assert.equal(source.reads, 3);
    assert.equal(source.bytesRead, 250);
  });

  it('passes other ranges through', async () => {
    const ahead = readAhead(memoryBytes(content), [0], 100);
    assert.deepEqual(await ahead.read(7, 5000), content.subarray(7, 5007));
    assert.deepEqual(ahead.readSync?.(8, 10), content.subarray(8, 18));
  });
});
