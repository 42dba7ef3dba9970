import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Convolution, Pooling, Tensor, type PoolingOptions } from '../../../engine';

/** A tensor as test/fixtures/README.md describes it. */
interface Stored {
  readonly shape: number[];
  readonly data: number[];
}

interface CommonCase {
  readonly name: string;
  readonly dtype: 'float32' | 'float64';
  readonly tolerance: number;
  readonly x: Stored;
  readonly dout: Stored;
  readonly out: Stored;
  readonly dx: Stored;
}

interface ConvolutionCase extends CommonCase {
  readonly op: 'conv';
  readonly stride: [number, number];
  readonly pad: [number, number, number, number];
  readonly dilation: [number, number];
  readonly groups: number;
  readonly W: Stored;
  readonly b: Stored | null;
  readonly dW: Stored;
  readonly db: Stored | null;
}

interface PoolingCase extends CommonCase, PoolingOptions {
  readonly op: 'pool';
  readonly argMax: Stored | null;
}

const { cases } = JSON.parse(gunzipSync(readFileSync('test/fixtures/conv-pool.json.gz')).toString()) as {
  cases: (ConvolutionCase | PoolingCase)[];
};

function assertClose(what: string, actual: Tensor | undefined, expected: Stored, tolerance: number): void {
  assert.deepEqual(actual?.shape, expected.shape, `shape of ${what}`);
  actual.numbers().forEach((value, i) => {
    const wanted = expected.data[i];
    const error = Math.abs(value - wanted);
    if (!(error <= tolerance * Math.max(1, Math.abs(wanted)))) {
      assert.fail(`${what}: element ${i} is ${value}, PyTorch has ${wanted}`);
    }
  });
}

describe('the same numbers as PyTorch', () => {
  assert.ok(cases.length >= 200);
  for (const test of cases) {
    it(test.name, () => {
      const load = ({ data, shape }: Stored): Tensor => Tensor.from(data, shape, test.dtype);
      if (test.op === 'conv') {
        const layer = new Convolution(load(test.W), test.b && load(test.b), test);
        assertClose('out', layer.forward(load(test.x)), test.out, test.tolerance);
        assertClose('dx', layer.backward(load(test.dout)), test.dx, test.tolerance);
        assertClose('dW', layer.dW, test.dW, test.tolerance);
        if (test.db) assertClose('db', layer.db, test.db, test.tolerance);
      } else {
        const layer = new Pooling(test);
        assertClose('out', layer.forward(load(test.x)), test.out, test.tolerance);
        assertClose('dx', layer.backward(load(test.dout)), test.dx, test.tolerance);
        if (test.argMax) {
          const [N, C, OH, OW] = test.argMax.shape;
          const argMax = layer.argMax?.reshape([N, OH, OW, C]).transpose([0, 3, 1, 2]);
          assertClose('argMax', argMax, test.argMax, 0);
        }
      }
    });
  }
});
