import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memoryBytes } from '../../../../engine/formats';
import { packedEntry, type PackedName } from '../../../../engine/formats/arrays/packedEntry';
import { readTensor, Tensor } from '../../../../engine/tensor';
import { regionsOf, shapes } from '../../tensor/arbitraries';
import { counting, headAndZeros } from '../support/sources';

/** Codes of `bits` bits each, the first in the lowest bits of the first byte. */
function pack(codes: readonly number[], bits: number): Uint8Array {
  const packed = new Uint8Array(Math.ceil((codes.length * bits) / 8));
  codes.forEach((code, i) => {
    for (let k = 0; k < bits; k++) {
      const at = i * bits + k;
      packed[at >> 3] |= ((code >> k) & 1) << (at & 7);
    }
  });
  return packed;
}

async function readAll(type: PackedName, bytes: Uint8Array, size: number): Promise<Tensor> {
  return packedEntry('test', 'x', memoryBytes(bytes), { offset: 0, type, shape: [size] }).read();
}

describe('packedEntry', () => {
  // Two per byte, the first in the lower half: 0x21 is 1, 2.
  const cases: [PackedName, number[], string, number[]][] = [
    ['uint4', [0x21, 0xf8], 'uint8', [1, 2, 8, 15]],
    ['int4', [0x21, 0xf8], 'int8', [1, 2, -8, -1]],
    ['uint2', [0b11_10_01_00], 'uint8', [0, 1, 2, 3]],
    ['int2', [0b11_10_01_00], 'int8', [0, 1, -2, -1]],
    ['uint1', [0b1000_0110], 'bool', [0, 1, 1, 0, 0, 0, 0, 1]],
  ];
  for (const [type, bytes, dtype, expected] of cases) {
    it(`reads ${type} as ${dtype}`, async () => {
      const tensor = await readAll(type, Uint8Array.from(bytes), expected.length);
      assert.equal(tensor.dtype, dtype);
      assert.deepEqual(Array.from(tensor.numbers()), expected);
    });
  }

  it('reads all values of the small floats', async () => {
    const positive = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
    const codes = Array.from({ length: 64 }, (_, code) => code);
    const fp4 = await readAll('float4_e2m1', pack(codes.slice(0, 16), 4), 16);
    assert.deepEqual(Array.from(fp4.numbers()), [...positive, ...positive.map(value => -value)]);
    const e2m3 = await readAll('float6_e2m3', pack(codes, 6), 64);
    const e3m2 = await readAll('float6_e3m2', pack(codes, 6), 64);
    for (const [{ data }, named] of [
      [e2m3, { 1: 0.125, 8: 1, 31: 7.5, 63: -7.5 }],
      [e3m2, { 1: 0.0625, 4: 0.25, 12: 1, 31: 28, 63: -28 }],
    ] as const) {
      for (const [code, value] of Object.entries(named)) assert.equal(data[Number(code)], value, code);
    }
  });

  it('reads any region as a copy in memory would be read', async () => {
    const random = shapes({ min: 0 }).chain(shape =>
      fc.record({
        shape: fc.constant(shape),
        region: regionsOf(shape),
        type: fc.constantFrom<[PackedName, number]>(['uint4', 4], ['uint2', 2], ['float6_e3m2', 6]),
      }),
    );
    await fc.assert(
      fc.asyncProperty(random, async ({ shape, region, type: [type, bits] }) => {
        const { size } = Tensor.zeros(shape);
        const codes = Array.from({ length: size }, (_, i) => (i * 7) % 2 ** bits);
        const source = memoryBytes(Uint8Array.from([9, 9, 9, ...pack(codes, bits)]));
        const entry = packedEntry('test', 'x', source, { offset: 3, type, shape });
        const whole = (await readAll(type, pack(codes, bits), size)).reshape(shape);
        assert.deepEqual(await entry.read(region), readTensor(whole, region));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('reads only the bytes that a region touches', async () => {
    const source = counting(headAndZeros(new Uint8Array(0), 50_000_000));
    const entry = packedEntry('test', 'x', source, { offset: 0, type: 'int4', shape: [100, 1_000_000] });
    await entry.read([
      { start: 7, count: 1, step: 1 },
      { start: 11, count: 10, step: 1 },
    ]);
    assert.equal(source.bytesRead, 6);
    assert.equal(entry.byteLength, 50_000_000);
    assert.equal(entry.storedType, 'int4');
  });

  it('refuses an array that reaches beyond the end', () => {
    const open = (shape: number[]) =>
      packedEntry('test', 'x', memoryBytes(new Uint8Array(3)), { offset: 1, type: 'int4', shape });
    assert.equal(open([3]).byteLength, 2);
    assert.throws(() => open([5]), /\(5,\) int4 takes 3 bytes, but only 2 are there/);
  });
});
