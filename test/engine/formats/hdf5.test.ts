import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancelledError, FormatError } from '../../../engine/errors';
import {
  memoryBytes,
  openTensorFile,
  type ByteSource,
  type Metadata,
  type TensorFile,
} from '../../../engine/formats';
import { createBoxCache, type BoxCache, type DecodedBox } from '../../../engine/formats/hdf5/boxCache';
import { boxes } from '../../../engine/formats/hdf5/boxes';
import { datasetName } from '../../../engine/formats/hdf5/names';
import { readTensor, wholeRegion } from '../../../engine/tensor';

const FIXTURES = 'test/fixtures/formats/hdf5';
const bytesOf = (name: string): Uint8Array => readFileSync(join(FIXTURES, name));
const open = (name: string): Promise<TensorFile> => openTensorFile(bytesOf(name), name);

function find(metadata: readonly Metadata[] | undefined, ...path: string[]): Metadata | undefined {
  const [name, ...rest] = path;
  const node = metadata?.find(node => node.name === name);
  return rest.length > 0 ? find(node?.children, ...rest) : node;
}

describe('openHdf5', () => {
  it('reads any region of any storage as the same region of the whole', async () => {
    const { tensors } = await open('storage.h5');
    for (const tensor of tensors.filter(({ shape }) => shape.length === 4)) {
      const region = [
        { start: 4, count: 3, step: -2 },
        { start: 1, count: 2, step: 1 },
        { start: 0, count: 3, step: 3 },
        { start: 7, count: 8, step: -1 },
      ];
      const expected = readTensor(await tensor.read(), region);
      assert.deepEqual(await tensor.read(region), expected, tensor.name);
    }
  });

  it('reads only what a region touches, and each compressed chunk once', async () => {
    const bytes = memoryBytes(bytesOf('storage.h5'));
    let read = 0;
    const source: ByteSource = {
      ...bytes,
      readSync(offset, length) {
        read += length;
        return bytes.readSync?.(offset, length) ?? new Uint8Array(0);
      },
    };
    const { tensors } = await openTensorFile(source, 'storage.h5');
    const image = async (name: string, n: number): Promise<number> => {
      read = 0;
      await tensors
        .find(tensor => tensor.name === name)
        ?.read([{ start: n, count: 1, step: 1 }, ...wholeRegion([3, 8, 8])]);
      return read;
    };
    const first = await image('gzip', 1);
    assert.ok(first > 0 && first < bytes.size / 8, `${first} of ${bytes.size} bytes were read`);
    assert.equal(await image('gzip', 1), 0);
    // Chunks of (2, 2, 4, 8): images 2 and 3 share theirs.
    assert.ok((await image('shuffled', 2)) > 0);
    assert.equal(await image('shuffled', 3), 0);
    assert.ok((await image('shuffled', 4)) > 0);
  });

  it('reads no more than its bytes of a number among others side by side', async () => {
    const bytes = memoryBytes(bytesOf('keras2.h5'));
    const lengths: number[] = [];
    const read: ByteSource['read'] = (offset, length) => {
      lengths.push(length);
      return bytes.read(offset, length);
    };
    const { tensors } = await openTensorFile({ ...bytes, read }, 'keras2.h5');
    const kernel = tensors.find(({ name }) => name === 'conv2d.kernel');
    lengths.length = 0;
    await kernel?.read(kernel.shape.map(() => ({ start: 0, count: 1, step: 1 })));
    assert.deepEqual(lengths, [4]);
  });

  it('tells the attributes of groups and arrays', async () => {
    const { metadata, tensors, format } = await open('attributes.h5');
    assert.equal(format, 'hdf5');
    assert.equal(find(metadata, 'title')?.value, 'résumé');
    assert.equal(find(metadata, 'version')?.value, '3');
    assert.equal(find(metadata, 'rates')?.value, '[0.5  0.25]');
    assert.equal(find(metadata, 'names')?.value, 'one, two');
    assert.equal(find(metadata, '__proto__')?.value, 'polluted');
    assert.equal(find(metadata, 'photo', 'iso')?.value, '100');
    assert.equal(find(tensors[0].metadata, 'unit')?.value, 'cd/m²');
    assert.equal(find(tensors[0].metadata, 'path')?.value, '/photo/pixels');
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('summarises a Keras model', async () => {
    for (const [name, path] of [
      ['keras2.h5', ['model_config', 'digits']],
      ['stored.keras', ['digits']],
    ] as const) {
      const model = find((await open(name)).metadata, ...path);
      assert.equal(model?.value, 'Sequential');
      assert.deepEqual(model.children, [
        { name: 'conv2d', value: 'Conv2D' },
        { name: 'dense', value: 'Dense' },
      ]);
    }
    assert.equal((await open('stored.keras')).format, 'keras');
  });

  it('says where links lead, and follows none out of the file', async () => {
    const { metadata, notes } = await open('links.h5');
    assert.equal(find(metadata, 'soft')?.value, '→ /a');
    assert.equal(find(metadata, 'dangling')?.value, '→ /nothing');
    assert.match(notes.find(({ name }) => name === 'elsewhere')?.reason ?? '', /secret\.h5.*not opened/);
    assert.match(notes.find(({ name }) => name === 'virtual')?.reason ?? '', /virtual.*not opened/);
  });

  it('names the filter that it cannot undo', async () => {
    const { notes } = await open('unreadable.h5');
    assert.match(notes.find(({ name }) => name === 'lzf')?.reason ?? '', /lzf \(filter 32000\)/);
    assert.match(notes.find(({ name }) => name === 'vast')?.reason ?? '', /bomb/);
  });

  it('reads on after a chunk that cannot be decompressed', async () => {
    const damaged = await open('refused/damaged-chunk.h5');
    await assert.rejects(damaged.tensors[0].read(), FormatError);
    const last = await damaged.tensors[0].read([{ start: 4, count: 1, step: 1 }, ...wholeRegion([3, 8, 8])]);
    assert.equal(last.at(0, 0, 0, 0), Math.fround((4 * 192) / 7));
  });

  it('passes on why the source cannot be read', async () => {
    const bytes = memoryBytes(bytesOf('storage.h5'));
    let changed = false;
    const source: ByteSource = {
      ...bytes,
      readSync(offset, length) {
        if (changed) throw new FormatError('storage.h5', 'the file was changed');
        return bytes.readSync?.(offset, length) ?? new Uint8Array(0);
      },
    };
    const { tensors } = await openTensorFile(source, 'storage.h5');
    changed = true;
    await assert.rejects(tensors[0].read(), /the file was changed/);
    changed = false;
    assert.equal((await tensors[0].read()).size, 960);
  });

  it('can be cancelled', async () => {
    const { tensors } = await open('storage.h5');
    await assert.rejects(tensors[0].read(undefined, AbortSignal.abort()), CancelledError);
  });
});

describe('createBoxCache', () => {
  const box = (start: number, count: number): DecodedBox => ({
    region: [{ start, count, step: 1 }],
    bytes: new Uint8Array(count),
  });
  const has = (cache: BoxCache, path: string, start: number, count: number): boolean =>
    cache.find(path, [{ start, count, step: 1 }]) !== undefined;

  it('finds what lies inside a box of the same dataset', () => {
    const cache = createBoxCache(100);
    cache.add('/a', box(10, 20));
    assert.equal(has(cache, '/a', 12, 18), true);
    assert.equal(has(cache, '/a', 12, 19), false);
    assert.equal(has(cache, '/b', 12, 18), false);
  });

  it('drops what was not needed for longest, but nothing of the read that is going on', () => {
    const cache = createBoxCache(100);
    cache.begin();
    cache.add('/a', box(0, 50));
    cache.add('/a', box(50, 50));
    cache.add('/a', box(100, 50));
    assert.deepEqual(
      [0, 50, 100].map(start => has(cache, '/a', start, 50)),
      [true, true, false],
    );
    cache.begin();
    assert.ok(has(cache, '/a', 0, 50));
    cache.add('/a', box(100, 50));
    assert.deepEqual(
      [0, 50, 100].map(start => has(cache, '/a', start, 50)),
      [true, false, true],
    );
  });
});

describe('boxes', () => {
  it('end where chunks end, and together are the region', () => {
    const region = [
      { start: 1, count: 5, step: 1 },
      { start: 0, count: 4, step: 2 },
    ];
    const found = [...boxes(region, [2, 4], 4)];
    const cells = found.flatMap(({ first, counts }) =>
      Array.from({ length: counts[0] * counts[1] }, (_, i) => [
        first[0] + Math.floor(i / counts[1]),
        first[1] + (i % counts[1]),
      ]),
    );
    assert.equal(new Set(cells.map(String)).size, 20);
    for (const { first, counts } of found) {
      assert.ok(counts[0] * counts[1] <= 4);
      const rows = [1 + first[0], 1 + first[0] + counts[0] - 1];
      assert.equal(Math.floor(rows[0] / 2), Math.floor(rows[1] / 2));
    }
  });
});

describe('datasetName', () => {
  it('leaves out what Keras says twice', () => {
    assert.equal(datasetName(['model_weights', 'conv', 'conv', 'kernel:0'], true), 'conv.kernel');
    assert.equal(datasetName(['dense_1', 'dense_1_W'], true), 'dense_1.W');
    assert.equal(datasetName(['layers', 'conv', 'vars', '0'], false), 'conv.0');
    assert.equal(datasetName(['a', 'a', 'b:0'], false), 'a.a.b:0');
  });
});
