import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openTensorFile, type Metadata, type TensorFile } from '../../../engine/formats';
import { Tensor } from '../../../engine/tensor';
import { bytes, counting, headAndZeros } from './support/sources';

const FOLDER = 'test/fixtures/formats/torch';

function openFixture(name: string): Promise<TensorFile> {
  return openTensorFile(readFileSync(`${FOLDER}/${name}`), name);
}

/** The children of the nodes on the way, or the value at its end. */
function at(tree: readonly Metadata[] | undefined, ...path: string[]): string | undefined {
  const node = tree?.find(({ name }) => name === path[0]);
  return path.length > 1 ? at(node?.children, ...path.slice(1)) : node?.value;
}

function reasons(file: TensorFile): string[] {
  return file.notes.map(({ reason }) => reason);
}

describe('torch', () => {
  it('says what wrote the file, and what is in it beside the tensors', async () => {
    const { format, metadata } = await openFixture('checkpoint.pt');
    assert.equal(format, 'torch');
    assert.equal(at(metadata, 'written by'), 'torch.save');
    assert.equal(at(metadata, 'version'), '3');
    assert.equal(at(metadata, 'epoch'), '3');
    assert.equal(at(metadata, 'note'), '"after lunch"');
    assert.equal(at(metadata, 'device'), 'torch.device("cpu")');
    assert.equal(at(metadata, 'shape'), '(1, 2)');
    assert.equal(at(metadata, 'optimizer', 'param_groups', '0', 'momentum'), '0.9');
    assert.equal(at(metadata, 'model'), undefined, 'only tensors are in it');
  });

  it('says the same of the legacy format', async () => {
    const { format, metadata, notes } = await openFixture('checkpoint-legacy.pt');
    assert.equal(format, 'torch');
    assert.equal(at(metadata, 'written by'), 'torch.save, legacy format');
    assert.equal(at(metadata, 'written by', 'little_endian'), 'True');
    assert.equal(at(metadata, 'epoch'), '3');
    assert.deepEqual(notes, []);
  });

  it('shows a module as an outline with its attributes', async () => {
    for (const name of ['module.pt', 'module-legacy.pt']) {
      const { metadata } = await openFixture(name);
      const root = name.replace('.pt', '');
      assert.equal(at(metadata, root), 'format_makers.torch_files.Net');
      assert.equal(at(metadata, root, '_modules', 'conv1'), 'torch.nn.modules.conv.Conv2d');
      assert.equal(at(metadata, root, '_modules', 'conv1', 'kernel_size'), '(3, 3)');
    }
  });

  it('knows TorchScript, and does not look at its code', async () => {
    const { metadata } = await openFixture('script.pt');
    assert.equal(at(metadata, 'written by'), 'torch.jit.save');
    assert.match(at(metadata, 'code')!, /^\d+ files, not run$/);
  });

  it('says how quantised integers become numbers', async () => {
    const { tensors } = await openFixture('quantised.pt');
    const [perTensor, perChannel] = tensors;
    assert.equal(perTensor.storedType, 'torch.quint8');
    assert.equal(at(perTensor.metadata, 'quantisation'), 'per_tensor_affine');
    assert.equal(at(perTensor.metadata, 'scale'), '0.25');
    assert.equal(at(perTensor.metadata, 'zero point'), '3');
    const scale = Number(at(perTensor.metadata, 'scale'));
    const zeroPoint = Number(at(perTensor.metadata, 'zero point'));
    const stored = (await perTensor.read()).numbers();
    assert.deepEqual(
      Array.from(stored, integer => (integer - zeroPoint) * scale),
      Array.from({ length: 12 }, (_, i) => i / 4),
    );
    assert.equal(perChannel.storedType, 'torch.qint8');
    assert.equal(at(perChannel.metadata, 'axis of i'), '0');
  });

  it('names the types that it cannot read', async () => {
    assert.ok(
      reasons(await openFixture('new-dtypes.pt')).includes(
        'has the element type torch.float99, which we cannot read',
      ),
    );
    assert.ok(reasons(await openFixture('meta.pt')).includes('is a meta tensor: it has no elements'));
  });

  it('says what is wrong with a tensor that its storage does not hold', async () => {
    const [short] = reasons(await openFixture('hostile/storage-short.pt'));
    assert.match(
      short,
      /shape \(2, 3\) float32 takes 24 bytes, but only 20 are there: the file is truncated/,
    );
    const [missing] = reasons(await openFixture('hostile/storage-missing.pt'));
    assert.match(missing, /takes 24 bytes, but only 0 are there/);
    const [negative] = reasons(await openFixture('hostile/stride-negative.pt'));
    assert.match(negative, /strides \(-4,\) do not fit the shape \(2,\)/);
  });

  it('reads a region of a tensor from its own range of a shared storage, and nothing else', async () => {
    const file = readFileSync(`${FOLDER}/views.pt`);
    const source = counting({
      size: file.length,
      read: (offset, length) => Promise.resolve(file.subarray(offset, offset + length)),
    });
    const { tensors } = await openTensorFile(source, 'views.pt');
    const inner = tensors.find(({ name }) => name === 'inner')!;
    const before = source.bytesRead;
    const corner = await inner.read([
      { start: 1, count: 1, step: 1 },
      { start: 1, count: 1, step: 1 },
    ]);
    assert.deepEqual(corner, Tensor.from([10 / 4], [1, 1], 'float32'));
    // The local header of the member, and four bytes.
    assert.ok(source.bytesRead - before <= 34, `${source.bytesRead - before} bytes read`);
  });

  it('opens a legacy file of 2 GB by reading hardly anything of it', async () => {
    const legacy = readFileSync(`${FOLDER}/state-dict-legacy.pt`);
    const count = 2 ** 29;
    // One tensor of 2^29 float32: the pickles of a small file with other numbers.
    const int32 = (value: number) => new Uint8Array(Int32Array.of(value).buffer);
    const head = bytes(
      '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.\x80\x02}.',
      '\x80\x02}(X',
      int32(1),
      'wctorch._utils\n_rebuild_tensor_v2\n((X',
      int32(7),
      'storagectorch\nFloatStorage\nX',
      int32(1),
      '0X',
      int32(3),
      'cpuJ',
      int32(count),
      'NtQK\x00J',
      int32(count),
      '\x85K\x01\x85\x89}tRu.',
      '\x80\x02](X',
      int32(1),
      '0e.',
      int32(count),
      int32(0),
    );
    assert.deepEqual(head.subarray(0, 15), new Uint8Array(legacy.subarray(0, 15)));
    const source = counting(headAndZeros(head, head.length + 4 * count));
    const { tensors, notes } = await openTensorFile(source, 'big.pt');
    assert.deepEqual([tensors[0].name, tensors[0].shape, notes], ['w', [count], []]);
    await tensors[0].read([{ start: count - 1, count: 1, step: 1 }]);
    assert.ok(source.bytesRead < 500_000, `${source.bytesRead} bytes read`);
  });
});
