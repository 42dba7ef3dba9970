import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { CancelledError } from '../../../engine/errors';
import { memoryBytes, openTensorFile, writeNpy } from '../../../engine/formats';
import { Tensor } from '../../../engine/tensor';
import { bytes } from './support/sources';

const x = Tensor.arange([2, 3]);

describe('openTensorFile', () => {
  it('believes the content before the name', async () => {
    const file = await openTensorFile(writeNpy(x), 'weights.pkl');
    assert.equal(file.format, 'npy');
  });

  it('takes a source of bytes as well as bytes', async () => {
    const { tensors } = await openTensorFile(memoryBytes(writeNpy(x)), 'x.npy');
    assert.deepEqual(await tensors[0].read(), x);
  });

  it('opens gzipped files of every kind', async () => {
    const { format, tensors } = await openTensorFile(gzipSync(writeNpy(x)), 'folder/x.npy.gz');
    assert.equal(format, 'npy');
    assert.equal(tensors[0].name, 'x');
    assert.deepEqual(await tensors[0].read(), x);
  });

  it('refuses a gzip bomb', () =>
    assert.rejects(openTensorFile(gzipSync(new Uint8Array(280_000_000)), 'x.gz'), {
      message: /inflates to over 256 MiB, more than it should/,
    }));

  it('says what an unknown file starts with', () =>
    assert.rejects(openTensorFile(bytes('MZ', 0x90, 0), 'folder/setup.exe'), {
      message: /^setup\.exe: not a format that is read \(it starts with the bytes 4d 5a 90 00\)/,
    }));

  it('says what stands in the place of the file', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
    for (const name of ['w.safetensors', 'w.onnx', 'w.png']) {
      await assert.rejects(openTensorFile(bytes(pointer), name), {
        message: /Git LFS pointer, the real file \(12345 bytes\) was not downloaded; run git lfs pull/,
      });
    }
    await assert.rejects(openTensorFile(bytes('\n<!DOCTYPE HTML><title>404</title>'), 'w.h5'), {
      message: /^w\.h5: this is a web page/,
    });
  });

  it('tells text from damage', async () => {
    await assert.rejects(openTensorFile(bytes('import sys; exec("1")\n'), 'paths.pth'), {
      message: /^torch: this is a text file, and not of this format/,
    });
    await assert.rejects(openTensorFile(bytes('x y z'), 'x.npy'), { message: /this is a text file/ });
    await assert.rejects(openTensorFile(bytes('x', 0, 1, 'yyyyyyyyyy'), 'x.npy'), {
      message: /does not start with/,
    });
  });

  it('names arrays without a name after the file', async () => {
    const nameIn = async (fileName: string) => (await openTensorFile(writeNpy(x), fileName)).tensors[0].name;
    assert.equal(await nameIn('C:\\data\\conv1.W.npy'), 'conv1.W');
    assert.equal(await nameIn('/home/x/.npy'), '.npy');
    assert.equal(await nameIn('x.npy.gz'), 'x');
    assert.equal(await nameIn('train-images-idx3-ubyte'), 'train-images-idx3-ubyte');
  });

  it('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(openTensorFile(writeNpy(x), 'x.npy', signal), CancelledError);
    const { tensors } = await openTensorFile(writeNpy(x), 'x.npy');
    await assert.rejects(tensors[0].read(undefined, signal), CancelledError);
  });

  it('reads a region of every kind of file', async () => {
    const folder = 'test/fixtures/formats';
    for (const path of [
      'json/bare.json',
      'image/rgb.png',
      'image/rgb-jpeg.jpg',
      'idx/zipped-idx3-ubyte.gz',
    ]) {
      const [entry] = (await openTensorFile(readFileSync(`${folder}/${path}`), path)).tensors;
      const whole = await entry.read();
      const last = await entry.read(entry.shape.map(extent => ({ start: extent - 1, count: 1, step: 1 })));
      assert.equal(last.data[0], whole.data.at(-1), path);
    }
  });
});
