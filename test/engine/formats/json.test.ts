import assert from 'node:assert/strict';
import { openTensorFile } from '../../../engine/formats';

const open = (text: string) => openTensorFile(new TextEncoder().encode(text), 'x.json');

describe('json', () => {
  for (const [text, message] of [
    ['[[1,2,3,4,5],[1,2,3,4,5],[1,2,3,4,5],[1,2,3,4]]', 'json: row 3 has 4 numbers, row 0 has 5'],
    ['[[[1],[2]],[[3]]]', 'json: row 1 has 1 row, row 0 has 2'],
    ['[[[1],[2]],[[3],[4,5]]]', 'json: row 1,1 has 2 numbers, row 0,0 has 1'],
    ['[1, "2"]', 'json: row 1 is a text where a number is expected'],
    ['[[1], {"a": 2}]', 'json: row 1 is an object where a row is expected'],
    ['{"lr": 0.1}', 'json: holds no array that can be read: lr: is a single number, not an array'],
  ]) {
    it(`says what is wrong with ${text}`, () => assert.rejects(open(text), { message }));
  }

  it('allocates nothing for rows that only the first row promises', async () => {
    const thousand = (first: string) => `[${first}${',0'.repeat(9999)}]`;
    await assert.rejects(open(thousand(thousand(thousand('0')))), { message: /row 1 is|row 0,1 is/ });
  });

  it('reads 64-bit floats exactly', async () => {
    const [entry] = (await open('{"a": {"b": [0.1, -1e-320, 1e400]}}')).tensors;
    assert.equal(entry.name, 'a.b');
    assert.deepEqual([...(await entry.read()).data], [0.1, -1e-320, Infinity]);
  });
});
