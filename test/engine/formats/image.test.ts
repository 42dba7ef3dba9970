import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { browserImageType, fitImage, openPixels, openTensorFile } from '../../../engine/formats';
import { Tensor } from '../../../engine/tensor';
import { bytes } from './support/sources';

const ramp = Uint8Array.from({ length: 5 * 7 }, (_, i) => i);

async function readImage(file: Uint8Array, name: string): Promise<Tensor> {
  const [entry] = (await openTensorFile(file, name)).tensors;
  return entry.read();
}

/** The file with the bytes of its only IDAT chunk (at `at`) replaced, without a right checksum. */
function withPixels(file: Uint8Array, pixels: Uint8Array): Uint8Array {
  const at = Buffer.from(file).indexOf('IDAT') - 4;
  const length = new DataView(file.buffer, file.byteOffset).getUint32(at);
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, pixels.length);
  return bytes(file.subarray(0, at), size, 'IDAT', pixels, file.subarray(at + 8 + length));
}

describe('png', () => {
  for (const interlace of ['null', 'Adam7'] as const) {
    it(`reads grey, colours, and 16 bits (interlace ${interlace})`, async () => {
      const grey = encode({ width: 7, height: 5, data: ramp, channels: 1, depth: 8 }, { interlace });
      assert.deepEqual(await readImage(grey, 'x.png'), Tensor.from(ramp, [1, 1, 5, 7], 'uint8'));
      const wide = Uint16Array.from({ length: 6 }, (_, i) => 10_000 * i);
      const rgb16 = encode({ width: 1, height: 2, data: wide, channels: 3, depth: 16 }, { interlace });
      const planes = [0, 30_000, 10_000, 40_000, 20_000, 50_000];
      assert.deepEqual(await readImage(rgb16, 'x.png'), Tensor.from(planes, [1, 3, 2, 1], 'uint16'));
    });
  }

  it('says what the file is', async () => {
    const { metadata } = await openTensorFile(readFileSync('test/fixtures/formats/image/rgba.png'), 'x.png');
    assert.deepEqual(
      metadata?.map(({ value }) => value),
      ['7×5 pixels', 'RGB and alpha', '8', 'no'],
    );
  });

  it('notes that transparency is left out', async () => {
    const file = await openTensorFile(readFileSync('test/fixtures/formats/image/rgba.png'), 'x.png');
    assert.deepEqual(file.notes, [{ name: '', reason: 'its transparency (alpha) is left out' }]);
  });

  const whole = encode({ width: 7, height: 5, data: ramp, channels: 1, depth: 8 });
  for (const [what, size, message] of [
    ['fewer', 39, /7×5 pixels take 40 bytes, it has only 39/],
    ['more', 1_000_000, /7×5 pixels take 40 bytes, it has more/],
  ] as const) {
    it(`refuses ${what} pixels than the header claims`, () =>
      assert.rejects(readImage(withPixels(whole, deflateSync(new Uint8Array(size))), 'x.png'), { message }));
  }

  it('refuses pixels whose checksum is wrong', () =>
    assert.rejects(readImage(withPixels(whole, deflateSync(new Uint8Array(40))), 'x.png'), {
      message: /CRC mismatch/,
    }));
});

describe('jpeg', () => {
  const file = readFileSync('test/fixtures/formats/image/rgb-jpeg.jpg');

  it('refuses a truncated file instead of filling it up with grey', () =>
    assert.rejects(readImage(file.subarray(0, file.length - 10), 'x.jpg'), {
      message: /^jpeg: the file is damaged or truncated: .*premature end/i,
    }));

  it('reads on after a damaged file', async () => {
    const damaged = Uint8Array.from(file);
    damaged.fill(0, file.length - 300, file.length - 200);
    await Promise.allSettled([readImage(damaged, 'x.jpg'), readImage(file.subarray(0, 400), 'x.jpg')]);
    assert.deepEqual((await readImage(file, 'x.jpg')).shape, [1, 3, 16, 24]);
  });

  it('refuses a size that no decoder should try', () => {
    const huge = Uint8Array.from(file);
    const frame = Buffer.from(huge).indexOf(Buffer.of(0xff, 0xc0));
    huge.fill(0xff, frame + 5, frame + 9);
    return assert.rejects(openTensorFile(huge, 'x.jpg'), { message: /65535×65535 pixels are too many/ });
  });
});

describe('images that the browser decodes', () => {
  it('are also those PNGs and JPEGs that our own decoders do not read', async () => {
    const interlaced = encode({ width: 8, height: 8, data: new Uint8Array(64), channels: 1, depth: 8 });
    interlaced.set([1, 0, 0, 0, 1], 24); // 1 bit, grey, interlaced
    const fourColours = Uint8Array.from(readFileSync('test/fixtures/formats/image/rgb-jpeg.jpg'));
    fourColours[Buffer.from(fourColours).indexOf(Buffer.of(0xff, 0xc0)) + 9] = 4;
    for (const [file, type] of [
      [interlaced, 'image/png'],
      [fourColours, 'image/jpeg'],
    ] as const)
      await assert.rejects(readImage(file, 'x'), { name: 'BrowserImageError', code: 'unsupported', type });
  });

  for (const [head, type] of [
    [bytes('GIF89a', 1, 0), 'image/gif'],
    [bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 '), 'image/webp'],
    [bytes('BM', 1, 2, 3, 4, 0, 0, 0, 0, 54), 'image/bmp'],
    [bytes('RIFF', 1, 2, 3, 4, 'WAVE'), undefined],
    [bytes('BM, a text'), undefined],
    [bytes(), undefined],
  ] as const) {
    it(`takes ${JSON.stringify(String.fromCharCode(...head))} for ${type}`, () =>
      assert.equal(browserImageType(head), type));
  }

  const open = (width: number, height: number, ...rgba: number[]) =>
    openPixels({ width, height, rgba: Uint8Array.from(rgba) }, { name: 'x' });

  it('gives colours as three planes, and grey as one', async () => {
    const colours = open(2, 1, 1, 2, 3, 255, 4, 5, 6, 255);
    assert.deepEqual(await colours.tensors[0].read(), Tensor.from([1, 4, 2, 5, 3, 6], [1, 3, 1, 2], 'uint8'));
    assert.deepEqual(colours.notes, []);
    const grey = open(1, 2, 7, 7, 7, 255, 9, 9, 9, 0);
    assert.deepEqual(await grey.tensors[0].read(), Tensor.from([7, 9], [1, 1, 2, 1], 'uint8'));
    assert.deepEqual(grey.notes, [{ name: '', reason: 'its transparency (alpha) is left out' }]);
  });

  it('refuses other sizes than the bytes have', () => {
    assert.throws(() => open(2, 2, 1, 2, 3, 4), { message: 'image: 2×2 pixels take 16 bytes, these are 4' });
    assert.throws(() => open(0, 2), { message: /so it is empty/ });
    assert.throws(() => open(70_000, 70_000), { message: /too many/ });
    assert.throws(() => open(-1, -1, 1, 2, 3, 4), { name: 'FormatError' });
    assert.throws(() => open(0.5, 2, 1, 2, 3, 4), { name: 'FormatError' });
  });
});

describe('fitImage', () => {
  const colours = Tensor.from([255, 0, 0, 255, 0, 0], [1, 3, 1, 2], 'uint8'); // red, green

  it('makes grey of colours by ITU-R BT.601', () => {
    assert.deepEqual(fitImage(colours, 1, 'unit'), Tensor.from([0.299, 0.587], [1, 1, 1, 2]));
    assert.deepEqual(fitImage(colours, 1, 'byte'), Tensor.from([0.299 * 255, 0.587 * 255], [1, 1, 1, 2]));
  });

  it('repeats grey for colours', () => {
    const grey = Tensor.from([0, 255], [1, 1, 1, 2], 'uint8');
    assert.deepEqual(fitImage(grey, 3, 'unit'), Tensor.from([0, 1, 0, 1, 0, 1], [1, 3, 1, 2]));
  });

  it('scales 16 bits to the same range', () => {
    const grey = Tensor.from([0xffff, 0], [1, 1, 1, 2], 'uint16');
    assert.deepEqual(fitImage(grey, 1, 'unit'), Tensor.from([1, 0], [1, 1, 1, 2]));
    assert.deepEqual(fitImage(grey, 1, 'byte'), Tensor.from([255, 0], [1, 1, 1, 2]));
  });

  it('refuses other numbers of channels', () => {
    assert.throws(() => fitImage(colours, 64, 'unit'), { message: /1 or 3 channels, 64 are needed/ });
    assert.throws(() => fitImage(Tensor.arange([2, 3]), 1, 'unit'), { message: /this is \(2, 3\)/ });
  });
});
