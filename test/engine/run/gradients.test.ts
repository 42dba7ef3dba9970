import assert from 'node:assert/strict';
import { startNetwork, Tensor, wholeRegion, type Network } from '../../../engine';
import { random } from '../support/arrays';
import { network, options, stored } from './networks';

/** Two residual blocks, the second around one of the first's inputs too, with the inputs joined at the end. */
const residual = network(
  ['N', 2, 5, 5],
  [
    ['conv', { name: 'stem', attributes: { pad: 1 }, parameters: { W: 'W0', b: 'b0' } }],
    ['conv', { attributes: { pad: 1 }, parameters: { W: 'W1' } }],
    ['batchnorm', { parameters: { gamma: 'gamma', beta: 'beta', mean: 'mean', var: 'var' } }],
    ['sigmoid'],
    ['conv', { name: 'branch', attributes: { pad: 1, groups: 2 }, parameters: { W: 'W2' } }],
    ['add', { name: 'first', from: ['branch', 'stem'] }],
    ['tanh'],
    ['add', { name: 'second', from: ['tanh6', 'first', 'first', 'stem'] }],
    ['avgpool', { attributes: { size: 2 } }],
    ['flatten', { name: 'flat' }],
    ['globalavgpool', { name: 'means', from: ['second'] }],
    ['flatten', { name: 'flatMeans' }],
    ['concat', { from: ['flat', 'flatMeans', 'flat'] }],
    ['affine', { parameters: { W: 'W3', b: 'b3' } }],
    ['softmaxWithLoss', { target: [1, 2] }],
  ],
);

const parameters: Readonly<Record<string, Tensor>> = {
  W0: random([4, 2, 3, 3], 1),
  b0: random([4], 2),
  W1: random([4, 4, 3, 3], 3),
  gamma: random([4], 4),
  beta: random([4], 5),
  mean: random([4], 6),
  var: positive(random([4], 7)),
  W2: random([4, 2, 3, 3], 8),
  W3: random([16 + 4 + 16, 3], 9),
  b3: random([3], 10),
};
const x = random([2, 2, 5, 5], 11);

function positive(tensor: Tensor): Tensor {
  return Tensor.from(
    Array.from(tensor.numbers(), value => 1.5 + value),
    tensor.shape,
    'float64',
  );
}

const start = (given: Network, budget = 2 ** 30) =>
  startNetwork(given, options(parameters, { input: stored('x', x), budget }));

async function loss(given: Network): Promise<number> {
  return (
    await start(given)
      .layer(given.layers.length - 1)
      .out.get()
  ).at();
}

describe('gradients of a network with branches', () => {
  for (const budget of [2 ** 30, 3_000]) {
    it(`agree with numerical ones, with ${budget} bytes to keep`, async () => {
      const run = start(residual, budget);
      assert.equal(run.runnable, residual.layers.length);
      const at = (name: string): number => residual.layers.findIndex(layer => layer.name === name);
      const gradients = [
        { of: x, is: run.layer(at('stem')).dx[0] },
        ...residual.layers.flatMap(({ name, parameters: names }) =>
          Object.entries(run.layer(at(name)).dparameters).flatMap(([role, gradient]) => ({
            of: parameters[names[role]],
            is: gradient,
          })),
        ),
      ];
      for (const { of, is } of gradients) {
        await assertGradient(of, await is.get());
      }
    });
  }

  it('are 1 at an end without a loss, 0 at an end beside it', async () => {
    const forked = network(
      ['N', 2, 5, 5],
      [['relu'], ['tanh', { name: 'unused' }], ['add', { name: 'sum', from: ['relu0', 'relu0'] }]],
    );
    const run = start(forked);
    const only = async (layer: number): Promise<number[]> => {
      const dout = run.layer(layer).trace.arrays.get('dout')?.source;
      return [...new Set((await dout?.read(wholeRegion(dout.shape)))?.numbers())];
    };
    assert.deepEqual([await only(2), await only(1), await only(0)], [[1], [0], [2]]);
  });
});

/** Compares with centred differences at a handful of positions. */
async function assertGradient(variable: Tensor, analytic: Tensor, h = 1e-5): Promise<void> {
  const values = variable.numbers();
  for (let i = 0; i < values.length; i += Math.ceil(values.length / 7)) {
    const value = values[i];
    values[i] = value + h;
    const above = await loss(residual);
    values[i] = value - h;
    const below = await loss(residual);
    values[i] = value;
    const numeric = (above - below) / (2 * h);
    const error = Math.abs(analytic.numbers()[i] - numeric);
    assert.ok(error < 1e-8, `[${i}] is ${analytic.numbers()[i]}, numerically ${numeric}`);
  }
}
