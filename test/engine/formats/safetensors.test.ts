import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { memoryBytes, openTensorFile } from '../../../engine/formats';
import { evenHeader, safetensorsHead } from './support/safetensors';
import { bytes, counting, headAndZeros, siblingsIn } from './support/sources';

const folder = 'test/fixtures/formats/safetensors/sharded';

/** An index that says of each tensor in which file it is. */
function indexOf(weightMap: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ weight_map: weightMap }));
}

describe('a sharded safetensors model', () => {
  it('is shown as one file of safetensors, with what the index says', async () => {
    const index = readFileSync(`${folder}/model.safetensors.index.json`);
    const file = await openTensorFile(index, 'model.safetensors.index.json', undefined, siblingsIn(folder));
    assert.equal(file.format, 'safetensors');
    assert.deepEqual(file.notes, []);
    assert.deepEqual(file.metadata, [
      { name: 'total_size', value: '152' },
      {
        name: 'files',
        children: [
          { name: 'model-00001-of-00002.safetensors', value: '2 tensors' },
          { name: 'model-00002-of-00002.safetensors', value: '1 tensor' },
        ],
      },
    ]);
  });

  it('says what to do where the folder cannot be reached', () =>
    assert.rejects(openTensorFile(indexOf({ a: 'x.safetensors' }), 'x.index.json'), {
      message: /lie in 1 other file, .* open that \.safetensors file itself/,
    }));

  it('opens no more files than any model has', () => {
    const map = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`w${i}`, `${i}.safetensors`]));
    return assert.rejects(openTensorFile(indexOf(map), 'x.index.json', undefined, siblingsIn(folder)), {
      message: 'safetensors: the index lists 2001 files, over 2000',
    });
  });
});

describe('safetensors', () => {
  it('shows what the file says of itself, and the types in its own words', async () => {
    const header = {
      __metadata__: { format: 'pt', note: 'n'.repeat(20_000) },
      w: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] },
    };
    const file = bytes(safetensorsHead(header), 0x80, 0x3f, 0, 0xc0);
    const { format, tensors, metadata } = await openTensorFile(file, 'x.safetensors');
    assert.equal(format, 'safetensors');
    assert.equal(tensors[0].storedType, 'BF16');
    assert.deepEqual([...(await tensors[0].read()).data], [1, -2]);
    assert.deepEqual(metadata?.[0], { name: 'format', value: 'pt' });
    assert.match(metadata[1].value ?? '', /n… \(20000 characters\)$/);
  });

  for (const [dtype, shape, data, expected] of [
    ['F8_E4M3', [4], [0x38, 0xc0, 0x7e, 0x01], [1, -2, 448, 2 ** -9]],
    ['F8_E5M2', [4], [0x3c, 0xc0, 0x7b, 0x7c], [1, -2, 57344, Infinity]],
    ['F8_E8M0', [3], [0x7f, 0x80, 0x00], [1, 2, 2 ** -127]],
    ['F8_E4M3FNUZ', [3], [0x40, 0xff, 0x00], [1, -240, 0]],
    ['F8_E5M2FNUZ', [3], [0x40, 0x7f, 0x00], [1, 57344, 0]],
    ['F4', [2, 2], [0x21, 0xf7], [0.5, 1, 6, -6]],
    ['F6_E2M3', [4], [0x48, 0x00, 0x7e], [1, 0.125, -0, 7.5]],
    ['F6_E3M2', [4], [0x4c, 0x00, 0x7e], [1, 0.0625, -0, 28]],
  ] as const) {
    it(`reads ${dtype}`, async () => {
      const header = { w: { dtype, shape, data_offsets: [0, data.length] } };
      const { tensors } = await openTensorFile(bytes(safetensorsHead(header), ...data), 'x.safetensors');
      assert.equal(tensors[0].storedType, dtype);
      assert.deepEqual([...(await tensors[0].read()).data], expected);
    });
  }

  it('reads complex numbers as two arrays', async () => {
    const parts = new Uint8Array(Float32Array.of(1, 2, -0.5, -4).buffer);
    const header = { z: { dtype: 'C64', shape: [2], data_offsets: [0, 16] } };
    const { tensors } = await openTensorFile(bytes(safetensorsHead(header), parts), 'x.safetensors');
    assert.deepEqual(
      tensors.map(({ name, storedType }) => [name, storedType]),
      [
        ['z.real', 'C64'],
        ['z.imag', 'C64'],
      ],
    );
    assert.deepEqual([...(await tensors[0].read()).data], [1, -0.5]);
    assert.deepEqual([...(await tensors[1].read([{ start: 1, count: 2, step: -1 }])).data], [-4, 2]);
  });

  it('opens 10 GB of 1,000 tensors by its header, and reads a tensor by its bytes', async () => {
    const head = safetensorsHead(evenHeader(1000, 2_500_000));
    const source = counting(headAndZeros(head, head.length + 10_000_000_000));
    const { tensors } = await openTensorFile(source, 'big.safetensors');
    assert.equal(tensors.length, 1000);
    assert.ok(source.bytesRead < 200_000, `${source.bytesRead} bytes were read`);
    source.bytesRead = 0;
    await tensors[999].read();
    assert.equal(source.bytesRead, 10_000_000);
  });

  it('opens 50,000 tensors without a pause', async () => {
    const head = safetensorsHead(evenHeader(50_000, 1));
    const source = headAndZeros(head, head.length + 200_000);
    const started = performance.now();
    const { tensors } = await openTensorFile(source, 'x.safetensors');
    assert.equal(tensors.length, 50_000);
    assert.ok(performance.now() - started < 3000, 'took over 3 s'); // 0.3 s on a quiet machine
  }).timeout(20_000);

  it('gives up early on a header of 100 MB that nests, without filling the memory', async () => {
    const file = new Uint8Array(8 + 100_000_000).fill(0x5b); // [[[[…
    new DataView(file.buffer).setBigUint64(0, 100_000_000n, true);
    file.set(new TextEncoder().encode('{"w":{"shape":'), 8);
    await assert.rejects(openTensorFile(memoryBytes(file), 'x.safetensors'), {
      message: "safetensors: in the header, 'w' › 'shape' is not a list of whole numbers (at byte 23)",
    });
  }).timeout(20_000);
});
