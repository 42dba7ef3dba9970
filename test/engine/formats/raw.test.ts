import assert from 'node:assert/strict';
import { memoryBytes, openRaw, type RawLayout } from '../../../engine/formats';

const bytes = Uint8Array.from({ length: 14 }, (_, i) => i);
const layout: RawLayout = { dtype: 'uint16', shape: [2, 3], offset: 1, order: 'C', littleEndian: true };
const open = (more: Partial<RawLayout> = {}) =>
  openRaw(memoryBytes(bytes), { ...layout, ...more }, { name: 'x' });

describe('raw', () => {
  it('reads bare elements in both orders of axes and of bytes', async () => {
    const { tensors, notes } = await open();
    assert.equal(tensors[0].name, 'x');
    assert.deepEqual([...(await tensors[0].read()).data], [0x0201, 0x0403, 0x0605, 0x0807, 0x0a09, 0x0c0b]);
    assert.deepEqual(notes, [{ name: '', reason: '1 bytes after the array are not read' }]);
    const turned = (await open({ order: 'F', littleEndian: false })).tensors[0];
    assert.deepEqual([...(await turned.read()).data], [0x0102, 0x0506, 0x090a, 0x0304, 0x0708, 0x0b0c]);
  });

  it('says how many elements would fit', () =>
    assert.rejects(open({ shape: [2, 4] }), {
      message: 'raw: (2, 4) has 8 elements, but only 6 of uint16 fit into the 13 bytes from byte 1 on',
    }));

  for (const [more, message] of [
    [{ offset: 15 }, /cannot start at byte 15, the file has 14/],
    [{ offset: -1 }, /cannot start at byte -1/],
    [{ offset: 0.5 }, /cannot start at byte 0\.5/],
    [{ shape: [-1] }, /extent -1/],
    [{ shape: [2 ** 40, 2 ** 40] }, /more elements than can be counted/],
  ] as const) {
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(open(more), { name: 'FormatError', message }));
  }
});
