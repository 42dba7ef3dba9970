import assert from 'node:assert/strict';
import { memoryBytes, openTensorFile } from '../../../engine/formats';
import { evenHeader, safetensorsHead } from './support/safetensors';
import { bytes, counting, headAndZeros } from './support/sources';

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
