import assert from 'node:assert/strict';
import { CancelledError, IndexError, ShapeError, Tensor } from '../../../engine';
import {
  startAffine,
  startBatchnorm,
  startLeakyRelu,
  startRelu,
  startSigmoid,
  startSoftmax,
  startSoftmaxWithLoss,
  startTanh,
  type StartLayer,
} from '../../../engine/layers';
import { random } from '../support/arrays';
import { assertExplained } from './support/checkExplanation';
import { start } from './support/startLayer';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const row = (...values: number[]): Tensor => Tensor.from(values, [1, values.length], 'float32');
const scalar = (value: number): Tensor => Tensor.from([value], [], 'float32');
const numbers = async (tensor: { get(): Promise<Tensor> }): Promise<number[]> =>
  Array.from((await tensor.get()).numbers());

/** out and dx of a layer on a row; and its explanations hold for these numbers too. */
async function run<Attributes>(
  startLayer: StartLayer<Attributes>,
  attributes: Attributes,
  x: Tensor,
  dout: Tensor,
  parameters: Readonly<Record<string, Tensor>> = {},
): Promise<{ out: number[]; dx: number[] }> {
  const { layer } = start(startLayer, attributes, { inputs: [x], parameters, dout });
  await assertExplained(layer, ['x', 'dout', ...Object.keys(parameters)]);
  return { out: await numbers(layer.out), dx: await numbers(layer.dx[0]) };
}

describe('layers on hostile numbers', () => {
  it('relu lets NaN through and gives 0, not NaN, where ±Infinity is shut out', async () => {
    const x = row(nan, inf, -inf, -0, 0, 1e-45);
    assert.deepEqual(await run(startRelu, {}, x, row(1, 2, inf, nan, -inf, 3)), {
      out: [nan, inf, 0, 0, 0, Math.fround(1e-45)],
      dx: [1, 2, 0, 0, 0, 3],
    });
    const { out } = await run(startLeakyRelu, { alpha: 0.5 }, row(-inf, -2, nan), row(1, 1, 1));
    assert.deepEqual(out, [-inf, -1, nan]);
  });

  it('sigmoid and tanh saturate', async () => {
    const x = row(1000, -1000, inf, -inf, nan);
    const ones = row(1, 1, 1, 1, 1);
    assert.deepEqual(await run(startSigmoid, {}, x, ones), { out: [1, 0, 1, 0, nan], dx: [0, 0, 0, 0, nan] });
    assert.deepEqual(await run(startTanh, {}, x, ones), { out: [1, -1, 1, -1, nan], dx: [0, 0, 0, 0, nan] });
  });

  it('softmax does not overflow', async () => {
    const softmax = async (...values: number[]): Promise<number[]> =>
      (await run(startSoftmax, { axis: 1 }, row(...values), row(...values.map(() => 1)))).out;
    assert.deepEqual(await softmax(1e30, 1e30), [0.5, 0.5]);
    assert.deepEqual(await softmax(-1e30, 1e30), [0, 1]);
    assert.deepEqual(await softmax(3, 3, 3, 3), [0.25, 0.25, 0.25, 0.25]);
    assert.deepEqual(await softmax(-inf, 0), [0, 1]);
    assert.deepEqual(await softmax(nan, 0), [nan, nan]);
    assert.deepEqual(await softmax(inf, 0), [nan, nan], 'as PyTorch has it');
    assert.deepEqual(await softmax(-inf, -inf), [nan, nan], 'as PyTorch has it');
    assert.deepEqual(await softmax(7), [1]);
  });

  it('the loss is right where y is too small to be told from 0', async () => {
    const loss = async (label: number, ...values: number[]): Promise<{ out: number[]; dx: number[] }> =>
      run(startSoftmaxWithLoss, {}, row(...values), scalar(1), { t: Tensor.from([label], [1], 'int64') });
    assert.deepEqual(await loss(1, 1000, 0), { out: [1000], dx: [1, -1] });
    assert.deepEqual(await loss(0, 1000, -inf), { out: [0], dx: [0, 0] });
    assert.deepEqual(await loss(1, 1000, -inf), { out: [inf], dx: [1, -1] });
    assert.deepEqual((await loss(0, nan, 1)).out, [nan]);
  });

  it('batchnorm of a channel that never varied divides by √eps; a variance below −eps gives NaN', async () => {
    const parameter = (...values: number[]): Tensor => Tensor.from(values, [3], 'float32');
    const parameters = {
      mean: parameter(2, 0, 0),
      var: parameter(0, -1, inf),
      gamma: parameter(1, 1, 1),
      beta: parameter(5, 0, 0),
    };
    const x = Tensor.from([2, 1, 1], [1, 3], 'float32');
    const { out, dx } = await run(startBatchnorm, { eps: 1e-4 }, x, row(1, 1, 1), parameters);
    assert.deepEqual(out, [5, nan, 0]);
    assert.deepEqual(dx, [100, nan, 0]);
  });

  it('a NaN among the weights of an affine layer spoils its column only', async () => {
    const W = Tensor.from([1, nan, 1, 1], [2, 2], 'float32');
    assert.deepEqual((await run(startAffine, {}, row(1, 2), row(1, 1), { W })).out, [3, nan]);
    const { out } = await run(startAffine, {}, row(inf, 0), row(1, 1), { W });
    assert.deepEqual(out, [inf, nan]);
  });

  for (const [label, text] of [
    [4, 'the label of sample 1 is 4, the classes are 0…2'],
    [-1, 'the label of sample 1 is -1'],
    [0.5, 'the label of sample 1 is 0.5'],
    [nan, 'the label of sample 1 is NaN'],
  ] as const) {
    it(`refuses the label ${label} when it is read`, async () => {
      const { layer } = start(startSoftmaxWithLoss, {}, {
        inputs: [random([2, 3], 1, 'float32')],
        parameters: { t: Tensor.from([0, label], [2], 'float64') },
        dout: scalar(1),
      }); // prettier-ignore
      const isRefused = (error: unknown): boolean =>
        error instanceof IndexError && error.message.startsWith(`softmaxWithLoss: ${text}`);
      await assert.rejects(layer.out.get(), isRefused);
      await assert.rejects(layer.dx[0].get(), isRefused);
    });
  }

  it('refuses labels that are not one for each sample, with both shapes', async () => {
    const { layer } = start(
      startSoftmaxWithLoss,
      {},
      {
        inputs: [random([2, 3], 1, 'float32')],
        parameters: { t: Tensor.zeros([3], 'int32') },
        dout: scalar(1),
      },
    );
    await assert.rejects(
      layer.out.get(),
      new ShapeError(
        'softmaxWithLoss: the labels must be class numbers (N,) or one-hot (N,classes): labels (3,), x (2,3)',
      ),
    );
  });

  it('can be cancelled in the middle of a matrix product', async () => {
    const { layer } = start(
      startAffine,
      {},
      {
        inputs: [Tensor.zeros([400, 2000])],
        parameters: { W: Tensor.zeros([2000, 2000]) },
        dout: Tensor.zeros([400, 2000]),
      },
    );
    for (const tensor of [layer.out, layer.dparameters.W, layer.dx[0]]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20);
      await assert.rejects(tensor.get(controller.signal), CancelledError);
    }
  });
});
