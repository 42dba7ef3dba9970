import assert from 'node:assert/strict';
import {
  CancelledError,
  Convolution,
  Pooling,
  ShapeError,
  startNetwork,
  Tensor,
  wholeRegion,
  type OpenShape,
} from '../../../engine';
import { assertTensor, random } from '../support/arrays';
import { allOf, b1, convNet, network, options, passed, stored, W1, W2, x } from './networks';

const bytesOf = (tensors: readonly Tensor[]): number =>
  tensors.reduce((sum, { data }) => sum + data.byteLength, 0);

describe('startNetwork', () => {
  it('runs layers as they run alone, forward and back', async () => {
    const run = startNetwork(
      { ...convNet, layers: [convNet.layers[0], { ...convNet.layers[2], from: ['conv1'] }] },
      options({ W1, b1 }, { input: stored('x', x) }),
    );
    const conv = new Convolution(W1, b1, { pad: 1 });
    const pool = new Pooling({ kind: 'max', size: 2 });
    const out = pool.forward(conv.forward(x));
    assertTensor(await run.layer(1).out.get(), out);
    // Without a loss, each number of the last output counts as much as any.
    const dx = conv.backward(pool.backward(Tensor.full(out.shape, 1, 'float64')));
    assertTensor(await run.layer(0).dx[0].get(), dx);
    assertTensor(await run.layer(0).dparameters.W.get(), conv.dW ?? dx);
    assertTensor(await run.layer(0).dparameters.b.get(), conv.db ?? dx);
  });

  it('computes in the dtype it is told to, whatever the files have', async () => {
    const run = startNetwork(convNet, options({ W1, b1, W2 }, { dtype: 'float32', input: stored('x', x) }));
    for (const tensor of passed(run)) {
      assert.equal(tensor.dtype, 'float32');
      assert.equal((await tensor.get()).dtype, 'float32');
    }
  });

  it('reads and computes nothing that nobody has asked for', async () => {
    const given = options({ W1, b1, W2 }, { input: stored('x', x) });
    const run = startNetwork(convNet, given);
    const reads = (): number[] => [...given.parameters.values()].map(file => file.reads);
    passed(run);
    assert.deepEqual([reads(), run.keptBytes()], [[0, 0, 0], 0]);
    const out = await run.layer(2).out.get();
    assert.deepEqual(reads(), [1, 1, 0]);
    const { arrays } = run.layer(2).trace;
    const array = arrays.get('out');
    assert.ok(array);
    const kept = run.keptBytes();
    assertTensor(await array.source.read(wholeRegion(out.shape)), out);
    assert.equal(run.keptBytes(), kept);
  });

  it('keeps within its budget, and makes again to the last bit what had to go', async () => {
    const given = { input: stored('x', x) };
    const wanted = await allOf(passed(startNetwork(convNet, options({ W1, b1, W2 }, given))));
    for (const budget of [0, 5_000, 20_000]) {
      const run = startNetwork(convNet, options({ W1, b1, W2 }, { ...given, budget }));
      const largest = bytesOf([await run.layer(0).out.get()]);
      for (const round of [passed(run), passed(run).reverse()]) {
        for (const tensor of round) {
          await tensor.get();
          assert.ok(run.keptBytes() <= Math.max(budget, largest), `${run.keptBytes()} of ${budget}`);
        }
      }
      const again = await allOf(passed(run));
      again.forEach((tensor, i) => assertTensor(tensor, wanted[i]));
    }
  });

  it('says how far it can run, and runs as far', async () => {
    const broken = network(
      ['N', 2, 8, 8],
      [['relu'], ['conv', { parameters: { W: 'W' } }], ['relu', { name: 'after' }]],
    );
    const run = startNetwork(broken, options({ W: random([4, 3, 3, 3], 1) }));
    assert.equal(run.runnable, 1);
    assert.deepEqual((await run.layer(0).out.get()).shape, [2, 2, 8, 8]);
    assertTensor(await run.layer(0).dx[0].get(), step(await run.input.get()));
    assert.throws(() => run.layer(1), /layer 1 cannot run: the first 1 layers can/);
  });

  it('takes the batch for the open size of the input', async () => {
    const run = startNetwork(convNet, options({ W1, b1, W2 }, { batch: 5 }));
    assert.deepEqual([run.batch, (await run.layer(3).out.get()).shape], [5, [5, 3]]);
  });

  it('takes the batch for no other open size', () => {
    const relu = (shape: OpenShape) => () =>
      startNetwork(network(shape, [['relu']]), options({}, { batch: 2 }));
    assert.throws(relu(['N', 1, 'H', 6]), /run: the input \(2,1,H,6\) leaves H open: give it a number/);
    assert.throws(relu([4, 1, 'H', 'W']), ShapeError);
    assert.equal(relu([4, 1, 6, 6])().batch, 4);
  });

  it('says that a file has changed, and that labels are missing', async () => {
    const changed = { ...stored('W1', W1), read: () => Promise.resolve(W2) };
    const given = options({ b1, W2 });
    const parameters = new Map([...given.parameters, ['W1', changed]]);
    const run = startNetwork(convNet, { ...given, parameters });
    await assert.rejects(run.layer(0).out.get(), /W1 has the shape \(64,3\), \(4,2,3,3\) was expected/);
    const tooFew = startNetwork(convNet, options({ W1, b1, W2 }, { batch: 3 }));
    await assert.rejects(tooFew.layer(4).out.get(), /loss has 2 labels for a batch of 3/);
  });

  it('tries again what failed, and stops when it is told to', async () => {
    const given = options({ b1, W2 });
    let fails = true;
    const flaky = {
      ...stored('W1', W1),
      read: () => (fails ? Promise.reject(new Error('gone')) : Promise.resolve(W1)),
    };
    const run = startNetwork(convNet, {
      ...given,
      parameters: new Map([...given.parameters, ['W1', flaky]]),
    });
    await assert.rejects(run.layer(4).out.get(), /gone/);
    fails = false;
    const controller = new AbortController();
    const stopped = run.layer(4).out.get(controller.signal);
    controller.abort();
    await assert.rejects(stopped, CancelledError);
    assert.deepEqual((await run.layer(4).out.get()).shape, []);
    run.dispose();
    assert.equal(run.keptBytes(), 0);
    await assert.rejects(run.layer(4).out.get(), CancelledError);
  });

  it('leaves the event loop free and gives up soon', async () => {
    const large = network([1, 16, 128, 128], [['conv', { attributes: { filters: 64, size: 3, pad: 1 } }]]);
    const run = startNetwork(large, options({}));
    const controller = new AbortController();
    const began = performance.now();
    setTimeout(() => controller.abort(), 30);
    await assert.rejects(run.layer(0).out.get(controller.signal), CancelledError);
    assert.ok(performance.now() - began < 400, `took ${performance.now() - began} ms`);
  });

  it('goes through 10,000 layers and back, with memory for few of them', async () => {
    const depth = 10_000;
    const deep = network(
      ['N', 4],
      Array.from({ length: depth }, () => ['tanh'] as const),
    );
    const run = startNetwork(deep, options({}, { batch: 1, budget: 40_000 }));
    const out = await run.layer(depth - 1).out.get();
    assert.ok(out.numbers().every(value => Math.abs(value) < 0.02));
    // d tanh(x) / dx ≤ 1, so the gradient can only shrink, and at 0 it stays.
    const dx = await run.layer(depth - 2).dx[0].get();
    assert.ok(dx.numbers().every(value => value > 0.99 && value <= 1));
    assert.ok(run.keptBytes() <= 40_000);
  });
});

/** Where values are positive. */
function step(values: Tensor): Tensor {
  return Tensor.from(
    Float64Array.from(values.numbers(), value => (value > 0 ? 1 : 0)),
    values.shape,
    'float64',
  );
}
