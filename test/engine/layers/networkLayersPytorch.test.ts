import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Tensor } from '../../../engine';
import {
  startAdd,
  startAffine,
  startBatchnorm,
  startConcat,
  startDropout,
  startFlatten,
  startLeakyRelu,
  startRelu,
  startReshape,
  startSigmoid,
  startSoftmax,
  startSoftmaxWithLoss,
  startTanh,
  startTranspose,
  type StartLayer,
} from '../../../engine/layers';
import { start } from './support/startLayer';

/** A tensor as test/fixtures/README.md describes it. */
interface Stored {
  readonly shape: number[];
  readonly data: number[];
}

interface LayerCase {
  readonly name: string;
  readonly layer: string;
  readonly dtype: 'float32' | 'float64';
  readonly tolerance: number;
  readonly attributes: unknown;
  readonly inputs: readonly Stored[];
  readonly parameters: Readonly<Record<string, Stored>>;
  readonly dout: Stored;
  readonly out: Stored;
  readonly dx: readonly Stored[];
  readonly dparameters: Readonly<Record<string, Stored>>;
}

const { cases } = JSON.parse(gunzipSync(readFileSync('test/fixtures/layers.json.gz')).toString()) as {
  cases: LayerCase[];
};

/** Attributes are written in the fixtures as the layers take them. */
const STARTS = new Map<string, StartLayer<never>>([
  ['add', startAdd],
  ['affine', startAffine],
  ['batchnorm', startBatchnorm],
  ['concat', startConcat],
  ['dropout', startDropout],
  ['flatten', startFlatten],
  ['leakyrelu', startLeakyRelu],
  ['relu', startRelu],
  ['reshape', startReshape],
  ['sigmoid', startSigmoid],
  ['softmax', startSoftmax],
  ['softmaxWithLoss', startSoftmaxWithLoss],
  ['tanh', startTanh],
  ['transpose', startTranspose],
]);

function assertClose(what: string, actual: Tensor, expected: Stored, tolerance: number): void {
  assert.deepEqual(actual.shape, expected.shape, `shape of ${what}`);
  actual.numbers().forEach((value, i) => {
    const wanted = expected.data[i];
    const error = Math.abs(value - wanted);
    if (!(error <= tolerance * Math.max(1, Math.abs(wanted))))
      assert.fail(`${what}: element ${i} is ${value}, PyTorch has ${wanted}`);
  });
}

describe('layers of a network, the same numbers as PyTorch', () => {
  it('has cases for every type of layer', () => {
    assert.deepEqual([...new Set(cases.map(({ layer }) => layer))].sort(), [...STARTS.keys()]);
  });

  for (const test of cases) {
    it(test.name, async () => {
      const load = ({ data, shape }: Stored): Tensor => Tensor.from(data, shape, test.dtype);
      const startLayer = STARTS.get(test.layer);
      assert.ok(startLayer);
      const { layer } = start(startLayer, test.attributes as never, {
        inputs: test.inputs.map(load),
        parameters: Object.fromEntries(
          Object.entries(test.parameters).map(([role, stored]) => [role, load(stored)]),
        ),
        dout: load(test.dout),
      });
      assertClose('out', await layer.out.get(), test.out, test.tolerance);
      for (const [i, expected] of test.dx.entries())
        assertClose(`dx${i}`, await layer.dx[i].get(), expected, test.tolerance);
      assert.deepEqual(Object.keys(layer.dparameters).sort(), Object.keys(test.dparameters).sort());
      for (const [role, expected] of Object.entries(test.dparameters))
        assertClose(`d${role}`, await layer.dparameters[role].get(), expected, test.tolerance);
    });
  }
});
