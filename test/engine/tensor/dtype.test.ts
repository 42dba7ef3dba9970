import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  allocate,
  bfloat16ToNumber,
  bytesPerElement,
  computeDType,
  decodeElements,
  DTYPES,
  formatTensor,
  halfToNumber,
  isDType,
  isFloat,
  numberToBfloat16,
  numberToHalf,
  roundTo,
  Tensor,
  UnsupportedError,
  type DType,
} from '../../../engine';

const PATTERNS = Array.from({ length: 0x10000 }, (_, bits) => bits);
const float32 = new DataView(new ArrayBuffer(4));

/** The half's fields moved to where float32 has them; subnormals (below 2^-14) are multiples of 2^-24. */
function halfThroughFloat32(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return (sign ? -1 : 1) * fraction * 2 ** -24;
  const wide = exponent === 0x1f ? 0xff : exponent + 127 - 15;
  float32.setUint32(0, sign | (wide << 23) | (fraction << 13));
  return float32.getFloat32(0);
}

const FORMATS = [
  {
    dtype: 'float16',
    encode: numberToHalf,
    decode: halfToNumber,
    expected: halfThroughFloat32,
    infinity: 0x7c00,
  },
  {
    dtype: 'bfloat16',
    encode: numberToBfloat16,
    decode: bfloat16ToNumber,
    expected: (bits: number) => {
      float32.setUint16(0, bits);
      float32.setUint16(2, 0);
      return float32.getFloat32(0);
    },
    infinity: 0x7f80,
  },
] as const;

for (const { dtype, encode, decode, expected, infinity } of FORMATS) {
  describe(dtype, () => {
    /** Value of a finite pattern ≥ 0; one step above the greatest stands where the next would be if the exponents went on. */
    const finite = PATTERNS.slice(0, infinity).map(decode);
    const beyond = 2 * finite[infinity - 1] - finite[infinity - 2];
    const valueAt = (bits: number): number => (bits === infinity ? beyond : finite[bits]);

    it('decodes all 65,536 patterns', () => {
      for (const bits of PATTERNS)
        assert.ok(Object.is(decode(bits), expected(bits)), `0x${bits.toString(16)}`);
    });

    it('encodes every decoded pattern as itself', () => {
      for (const bits of PATTERNS) {
        const value = decode(bits);
        if (Number.isNaN(value)) assert.ok(Number.isNaN(decode(encode(value))));
        else assert.equal(encode(value), bits);
      }
    });

    it('rounds a tie to the even neighbour and anything else to the nearer one', () => {
      for (let bits = 0; bits < infinity; bits++) {
        const [below, above] = [valueAt(bits), valueAt(bits + 1)];
        const middle = below + (above - below) / 2;
        const hair = (above - below) / 2 ** 40;
        assert.equal(encode(middle), bits + (bits % 2), `the tie above 0x${bits.toString(16)}`);
        assert.equal(encode(middle - hair), bits);
        assert.equal(encode(middle + hair), bits + 1);
        assert.equal(encode(-middle - hair), 0x8000 | (bits + 1));
      }
    });

    it('rounds any number to the nearest', () => {
      const largest = finite[infinity - 1];
      fc.assert(
        fc.property(fc.double({ min: -largest, max: largest, noNaN: true }), value => {
          const bits = encode(value) & 0x7fff;
          const error = Math.abs(valueAt(bits) - Math.abs(value));
          for (const neighbour of [bits - 1, bits + 1]) {
            if (neighbour < 0 || neighbour > infinity) continue;
            assert.ok(error <= Math.abs(valueAt(neighbour) - Math.abs(value)));
          }
        }),
      );
    });

    it('overflows to infinity', () => {
      assert.equal(encode(Number.MAX_VALUE), infinity);
      assert.equal(encode(-Infinity), 0x8000 | infinity);
    });

    it('reads its bytes in both byte orders', () => {
      const little = Uint8Array.from(PATTERNS.flatMap(bits => [bits & 0xff, bits >> 8]));
      const big = Uint8Array.from(PATTERNS.flatMap(bits => [bits >> 8, bits & 0xff]));
      const values = Float32Array.from(PATTERNS, decode);
      assert.deepEqual(decodeElements(dtype, little, true), values);
      assert.deepEqual(decodeElements(dtype, big, false), values);
    });
  });
}

const FLOAT8_NAMES = [
  'float8_e4m3fn',
  'float8_e5m2',
  'float8_e4m3fnuz',
  'float8_e5m2fnuz',
  'float8_e8m0fnu',
] as const;

describe('8-bit floats', () => {
  /** Patterns and values that the specifications name: limits, special values, and one number in the middle. */
  const NAMED: Record<(typeof FLOAT8_NAMES)[number], [number, number][]> = {
    float8_e4m3fn: [
      ...[
        [0x00, 0],
        [0x80, -0],
        [0x7e, 448],
        [0xfe, -448],
        [0x08, 2 ** -6],
        [0x07, 0.875 * 2 ** -6],
      ],
      ...[
        [0x01, 2 ** -9],
        [0x7f, NaN],
        [0xff, NaN],
        [0x38, 1],
        [0xbc, -1.5],
      ],
    ] as [number, number][],
    float8_e5m2: [
      ...[
        [0x00, 0],
        [0x80, -0],
        [0x7b, 57344],
        [0xfb, -57344],
        [0x04, 2 ** -14],
        [0x03, 0.75 * 2 ** -14],
      ],
      ...[
        [0x01, 2 ** -16],
        [0x7c, Infinity],
        [0xfc, -Infinity],
        [0x7d, NaN],
        [0xff, NaN],
        [0x3c, 1],
      ],
    ] as [number, number][],
    float8_e4m3fnuz: [
      ...[
        [0x00, 0],
        [0x80, NaN],
        [0x7f, 240],
        [0xff, -240],
        [0x08, 2 ** -7],
        [0x01, 2 ** -10],
        [0x40, 1],
      ],
    ] as [number, number][],
    float8_e5m2fnuz: [
      ...[
        [0x00, 0],
        [0x80, NaN],
        [0x7f, 57344],
        [0xff, -57344],
        [0x04, 2 ** -15],
        [0x01, 2 ** -17],
      ],
      ...[[0x40, 1]],
    ] as [number, number][],
    float8_e8m0fnu: [
      ...[
        [0x00, 2 ** -127],
        [0x7f, 1],
        [0x80, 2],
        [0xfe, 2 ** 127],
        [0xff, NaN],
      ],
    ] as [number, number][],
  };
  const decode = (dtype: DType, ...codes: number[]) =>
    Array.from(decodeElements(dtype, Uint8Array.from(codes), true), Number);
  const every = Array.from({ length: 256 }, (_, code) => code);

  for (const dtype of FLOAT8_NAMES) {
    it(`${dtype}: decodes what its specification names`, () => {
      for (const [code, value] of NAMED[dtype]) assert.deepEqual(decode(dtype, code), [value], `${code}`);
      assert.equal(bytesPerElement(dtype), 1);
    });

    it(`${dtype}: rounds each value to itself, and all else to the nearest`, () => {
      const round = roundTo(dtype);
      const values = decode(dtype, ...every);
      for (const value of values) assert.ok(Object.is(round(value), value), String(value));
      const positive = values
        .filter(value => Object.is(Math.abs(value), value) && value < Infinity)
        .sort((a, b) => a - b);
      for (let i = 1; i < positive.length; i++) {
        const middle = (positive[i - 1] + positive[i]) / 2;
        assert.equal(round(middle * (1 - 1e-9)), positive[i - 1]);
        assert.equal(round(middle * (1 + 1e-9)), positive[i]);
        assert.equal(round(middle), positive[i % 2 === 0 ? i : i - 1]);
      }
      assert.ok(Number.isNaN(round(NaN)));
    });
  }

  it('become infinite or NaN beyond their greatest number', () => {
    assert.equal(roundTo('float8_e4m3fn')(464), 448);
    assert.equal(roundTo('float8_e4m3fn')(465), NaN);
    assert.equal(roundTo('float8_e5m2')(-61440), -Infinity);
    assert.equal(roundTo('float8_e5m2fnuz')(1e30), NaN);
    assert.equal(roundTo('float8_e8m0fnu')(-1), NaN);
  });

  it('print exactly', () => {
    const tensor = Tensor.from([0.5, 448, -1.5, NaN], [4], 'float8_e4m3fn');
    assert.equal(formatTensor(tensor), '[  0.5 448.   -1.5   nan]');
  });
});

describe('dtypes', () => {
  it('are known by their NumPy names', () => {
    assert.ok(isDType('uint16'));
    assert.ok(!isDType('complex64'));
    assert.ok(!isDType('toString'));
  });

  it('tell floats from the others', () => {
    assert.deepEqual(DTYPES.filter(isFloat), ['float16', 'bfloat16', ...FLOAT8_NAMES, 'float32', 'float64']);
  });

  it('are computed in float64 only where they are float64', () => {
    assert.deepEqual(
      DTYPES.filter(dtype => computeDType(dtype) === 'float64'),
      ['float64'],
    );
  });

  it('have zeroed arrays', () => {
    for (const dtype of DTYPES) {
      const data = allocate(dtype, 3);
      assert.deepEqual(Array.from(data, Number), [0, 0, 0], dtype);
    }
  });
});

describe('decodeElements', () => {
  it('reads every dtype in both byte orders', () => {
    const writers = {
      float32: 'setFloat32',
      float64: 'setFloat64',
      int8: 'setInt8',
      int16: 'setInt16',
      int32: 'setInt32',
      uint8: 'setUint8',
      uint16: 'setUint16',
      uint32: 'setUint32',
      bool: 'setUint8',
    } as const;
    for (const [dtype, writer] of Object.entries(writers)) {
      assert.ok(isDType(dtype));
      for (const littleEndian of [true, false]) {
        const width = bytesPerElement(dtype);
        const view = new DataView(new ArrayBuffer(3 * width));
        [1, 0, 1].forEach((value, i) => view[writer](i * width, value, littleEndian));
        const bytes = new Uint8Array(view.buffer);
        assert.deepEqual(Array.from(decodeElements(dtype, bytes, littleEndian), Number), [1, 0, 1], dtype);
      }
    }
  });

  it('reads 64-bit integers to the last digit', () => {
    const view = new DataView(new ArrayBuffer(16));
    view.setBigInt64(0, -(2n ** 63n) + 1n);
    view.setBigInt64(8, 2n ** 62n + 1n);
    const bytes = new Uint8Array(view.buffer);
    assert.deepEqual(
      decodeElements('int64', bytes.slice(), false),
      BigInt64Array.of(-(2n ** 63n) + 1n, 2n ** 62n + 1n),
    );
    assert.deepEqual(
      decodeElements('uint64', bytes, false),
      BigUint64Array.of(2n ** 63n + 1n, 2n ** 62n + 1n),
    );
  });

  it('refuses a bool that is neither 0 nor 1', () => {
    assert.throws(
      () => decodeElements('bool', Uint8Array.of(0, 1, 2), true),
      (error: unknown) => error instanceof UnsupportedError && /a byte is 2/.test(error.message),
    );
  });
});

describe('conversion between dtypes', () => {
  const convert = (values: number[], dtype: (typeof DTYPES)[number]): number[] =>
    Array.from(Tensor.from(values, [values.length], dtype).data, Number);

  it('truncates to integers and wraps as NumPy', () => {
    assert.deepEqual(convert([1.9, -1.9, 300], 'int8'), [1, -1, 44]);
    assert.deepEqual(convert([1.9, 256], 'uint8'), [1, 0]);
    assert.deepEqual(convert([-1.9, 2 ** 40], 'int64'), [-1, 2 ** 40]);
  });

  it('makes 0 of what no integer can be', () => {
    for (const dtype of ['int8', 'int32', 'int64', 'uint64'] as const)
      assert.deepEqual(convert([NaN, Infinity], dtype), [0, 0]);
  });

  it('rounds to the precision of floats', () => {
    assert.deepEqual(convert([0.1], 'float32'), [Math.fround(0.1)]);
    assert.deepEqual(convert([0.1, 70000], 'float16'), [0.0999755859375, Infinity]);
    assert.deepEqual(convert([0.1], 'bfloat16'), [0.10009765625]);
  });

  it('makes bools of numbers', () => {
    assert.deepEqual(convert([0, -3, NaN, 0.5], 'bool'), [0, 1, 1, 1]);
  });
});
