import assert from 'node:assert/strict';
import { memoryBytes, openTensorFile, writeNpy } from '../../../engine/formats';
import { Tensor } from '../../../engine/tensor';
import { randomNumbers } from '../support/arrays';
import { bytes, counting } from './support/sources';
import { zip } from './support/zip';

const W = Tensor.arange([30, 1, 5, 5]);
const b = Tensor.arange([30], 'float64');

describe('npz', () => {
  for (const deflated of [false, true]) {
    for (const zip64 of [false, true]) {
      it(`reads ${deflated ? 'deflated' : 'stored'} members${zip64 ? ' of a zip64' : ''}`, async () => {
        const members = [
          { name: 'W1.npy', content: writeNpy(W), deflated },
          { name: 'b1.npy', content: writeNpy(b), deflated },
        ];
        const { tensors, notes } = await openTensorFile(zip(members, { zip64 }), 'params.npz');
        assert.deepEqual(
          tensors.map(({ name }) => name),
          ['W1', 'b1'],
        );
        assert.deepEqual(await tensors[0].read(), W);
        assert.deepEqual(await tensors[1].read(), b);
        assert.deepEqual(notes, []);
      });
    }
  }

  it('reads a stored member by ranges', async () => {
    const x = Tensor.zeros([1000, 28, 28]);
    const source = counting(memoryBytes(zip([{ name: 'x.npy', content: writeNpy(x) }])));
    const [entry] = (await openTensorFile(source, 'x.npz')).tensors;
    source.bytesRead = 0;
    await entry.read([500, 0, 0].map((start, axis) => ({ start, count: axis ? 28 : 1, step: 1 })));
    assert.equal(source.bytesRead, 28 * 28 * 4);
  });

  it('reads little of a large deflated member to learn its shape', async () => {
    const random = randomNumbers(5);
    const noise = Uint8Array.from({ length: 1_000_000 }, () => Math.floor(128 * (random() + 1)));
    const content = writeNpy(Tensor.wrap(noise, [1000, 1000], 'uint8'));
    const source = counting(memoryBytes(zip([{ name: 'x.npy', content, deflated: true }])));
    const [entry] = (await openTensorFile(source, 'x.npz')).tensors;
    assert.deepEqual(entry.shape, [1000, 1000]);
    assert.ok(source.bytesRead < 100_000, `${source.bytesRead} of ${source.size} bytes read`);
    source.reads = 0;
    const last = { start: 999, count: 1, step: 1 };
    assert.deepEqual((await entry.read([last, last])).data, content.subarray(-1));
    const readsForAll = source.reads;
    await entry.read([last, { start: 0, count: 1000, step: 1 }]);
    assert.equal(source.reads, readsForAll, 'it was inflated again');
  });

  it('lists over 65,535 members', async () => {
    const content = writeNpy(Tensor.arange([1]));
    const members = Array.from({ length: 66_000 }, (_, i) => ({ name: `a${i}.npy`, content, crc: 0 }));
    const { tensors } = await openTensorFile(zip(members, { zip64: true }), 'x.npz');
    assert.equal(tensors.length, 66_000);
    assert.equal(tensors[65_999].name, 'a65999');
  });

  it('gives a member of the same name another one', async () => {
    const members = [W, b, W].map(tensor => ({ name: 'a.npy', content: writeNpy(tensor) }));
    const { tensors } = await openTensorFile(zip(members), 'x.npz');
    assert.deepEqual(
      tensors.map(({ name, shape }) => [name, shape.length]),
      [
        ['a', 4],
        ['a (2)', 1],
        ['a (3)', 4],
      ],
    );
  });

  it('takes names as text only', async () => {
    const names = ['../evil.npy', '/etc/passwd.npy', 'C:\\x.npy', '__proto__.npy', 'a/../../b.npy'];
    const members = names.map(name => ({ name, content: writeNpy(b) }));
    const { tensors } = await openTensorFile(zip(members), 'x.npz');
    assert.deepEqual(
      tensors.map(({ name }) => `${name}.npy`),
      names,
    );
  });

  it('notes folders and members that are no arrays', async () => {
    const members = [
      { name: 'folder/', content: bytes() },
      { name: 'readme.txt', content: bytes('hello') },
      { name: 'broken.npy', content: bytes('hello hello hello') },
      { name: 'W.npy', content: writeNpy(W) },
    ];
    const { tensors, notes } = await openTensorFile(zip(members), 'x.npz');
    assert.equal(tensors.length, 1);
    assert.deepEqual(
      notes.map(({ name }) => name),
      ['folder/', 'readme.txt', 'broken'],
    );
  });

  it('opens a zip behind other bytes', async () => {
    const file = bytes('PK, not a zip yet', zip([{ name: 'W.npy', content: writeNpy(W) }]));
    const { tensors } = await openTensorFile(file, 'x.npz');
    assert.deepEqual(await tensors[0].read(), W);
  });

  it('refuses a member whose checksum is wrong, when it is read', async () => {
    const large = Tensor.arange([10_000]);
    const file = zip([{ name: 'W.npy', content: writeNpy(large), deflated: true, crc: 1 }]);
    const read = async () => (await openTensorFile(file, 'x.npz')).tensors[0].read();
    await assert.rejects(read(), { message: /damaged/ });
  });

  it('refuses a zip bomb without inflating it', async () => {
    const file = zip([{ name: 'bomb.npy', content: new Uint8Array(300_000_000), deflated: true }]);
    await assert.rejects(openTensorFile(file, 'x.npz'), {
      message: /would inflate to 286\.1 MiB: a zip bomb/,
    });
  });
});
