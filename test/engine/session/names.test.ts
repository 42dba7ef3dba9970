import assert from 'node:assert/strict';
import { createSession, startNetwork, type Session } from '../../../engine';
import { previewOf } from '../../../engine/session/preview';
import { network, stored, waves } from './simpleRun';

/** On a convolution with a bias, which has arrays `x` and `sum`; a ReLU and a pooling after it are called like them. */
async function onConvolution(): Promise<Session> {
  const parameters = [stored('W1', waves([2, 1, 3, 3])), stored('b1', waves([2]))];
  const run = startNetwork(
    network(
      [
        { type: 'conv', parameters: { W: 'W1', b: 'b1' } },
        { type: 'relu', name: 'sum' },
        { type: 'maxpool', name: 'x', attributes: { size: 2 } },
      ],
      ['N', 1, 6, 6],
    ),
    {
      batch: 1,
      parameters: new Map(parameters.map(parameter => [parameter.name, parameter])),
      budget: 1 << 20,
      seed: 1,
      dtype: 'float32',
    },
  );
  const session = createSession(run, { backward: true });
  await session.step('over');
  return session;
}

describe('names in a session', () => {
  for (const [expression, text] of [
    ['sum.shape', '(16, 2)'],
    ['sum[3, 1] == out[0, 1, 0, 3]', 'True'],
    ['sum.max() == out.max()', 'True'],
    ['sum(out) == out.sum()', 'True'],
    ['abs(sum).max() >= 0', 'True'],
    ['sum.out.shape', '(1, 2, 4, 4)'],
    ['sum.type', 'relu'],
    ['x.size', '36'],
    ["layers['x'].size", '2'],
    ['x.pad', '0'],
  ]) {
    it(`that a layer and an array share: ${expression}`, async () => {
      const session = await onConvolution();
      assert.equal(await previewOf(await session.evaluate(expression, 'layer')), text);
    });
  }

  it('that a layer and an array share mean the layer where there is no such array', async () => {
    const session = await onConvolution();
    await assert.rejects(session.evaluate('sum.shape', 'network'), /the layer sum has no 'shape'/);
    assert.equal(await previewOf(await session.evaluate('sum.out.ndim', 'network')), '4');
  });

  it('that a layer and an array share are completed with the members of both', async () => {
    const session = await onConvolution();
    const labels = (text: string): string[] => session.complete(text, 'layer').map(({ label }) => label);
    assert.deepEqual(labels('sum.o'), ['out']);
    assert.deepEqual(labels('sum.sha'), ['shape']);
    const [sum] = session.complete('sum', 'layer');
    assert.deepEqual(sum, {
      label: 'sum',
      kind: 'array',
      detail: '(16,2) float32; the layer sum is sum.out',
      replaces: 3,
    });
  });

  it('of functions to stop at are operations, types and layers; of others it says what there is', async () => {
    const session = await onConvolution();
    for (const name of ['im2col', 'dsigmoid', 'maxpool', 'conv1', 'input'])
      assert.equal(session.checkFunction(name), undefined, name);
    assert.match(
      session.checkFunction('im2row') ?? '',
      /^there is no operation, type of layer or layer called 'im2row' \(operations here: im2col, .*, dW, .*relu.*\); did you mean im2col\?$/,
    );
  });

  it('of directions come with what log points say', async () => {
    const session = await onConvolution();
    const layer = { id: 1, layer: 0, logMessage: '{name}' };
    session.setBreakpoints({ layers: [layer], functions: [], data: [], exceptions: [] });
    await session.step('back');
    const forward = { layer: 0, text: 'conv1', direction: 'forward' };
    const backward = { ...forward, direction: 'backward' };
    assert.deepEqual((await session.run('onward')).logs, [
      { ...forward, reversed: false },
      { ...backward, reversed: false },
    ]);
    await session.goTo({ direction: 'backward', layer: 0, operation: 0 });
    assert.deepEqual((await session.run('reverse')).logs, [
      { ...backward, reversed: true },
      { ...forward, reversed: true },
    ]);
  });
});
