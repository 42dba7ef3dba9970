import assert from 'node:assert/strict';
import { startNetwork, Tensor, wholeRegion } from '../../../engine';
import { options, stored } from './networks';
import { sample, simpleConvNet } from './simpleConvNet';

const only = (arrays: Record<string, Tensor>): Tensor => Object.values(arrays)[0];

describe('SimpleConvNet of the samples', () => {
  it('reads all digits but the last, and its loss is small', async () => {
    const { x, t } = await sample('digits.npz');
    const given = Tensor.from(
      Array.from(x.numbers(), value => value / 255),
      x.shape,
    );
    const run = startNetwork(
      simpleConvNet(),
      options(await sample('params.pkl'), {
        batch: 100,
        dtype: 'float32',
        input: stored('x', given),
        targets: new Map([['softmaxWithLoss6', stored('t', t)]]),
      }),
    );
    const scores = await run.layer(5).out.get();
    assert.deepEqual(scores.shape, [100, 10]);
    const wrong = Array.from(t.numbers(), (label, n) => {
      const row = Array.from(scores.numbers().subarray(n * 10, n * 10 + 10));
      return row.indexOf(Math.max(...row)) === label ? [] : [n];
    }).flat();
    assert.deepEqual(wrong, [99]);
    const loss = (await run.layer(6).out.get()).at();
    assert.ok(loss > 0 && loss < 0.1, `loss ${loss}`);
  });

  it("gives PyTorch's gradient at the convolution", async () => {
    const run = startNetwork(
      simpleConvNet([9]),
      options(await sample('params.pkl'), {
        batch: 1,
        dtype: 'float32',
        input: stored('digit4', only(await sample('digit4.npy'))),
      }),
    );
    const expected = only(await sample('dout.npy'));
    const { source } = run.layer(0).trace.arrays.get('dout') ?? {};
    assert.ok(source);
    const dout = await source.read(wholeRegion(source.shape));
    assert.deepEqual(dout.shape, expected.shape);
    Array.from(expected.numbers()).forEach((value, i) => {
      assert.ok(Math.abs(dout.numbers()[i] - value) < 1e-5, `[${i}] ${dout.numbers()[i]} ${value}`);
    });
  });
});
