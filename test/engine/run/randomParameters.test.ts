import assert from 'node:assert/strict';
import { startNetwork, wholeRegion, type NetworkRun, type Tensor } from '../../../engine';
import { assertTensor } from '../support/arrays';
import { allOf, network, options } from './networks';

describe('random parameters of a run', () => {
  const untrained = network(
    ['N', 3, 16, 16],
    [
      ['conv', { attributes: { filters: 32, size: 3 } }],
      ['batchnorm'],
      ['flatten'],
      ['affine', { attributes: { units: 10 } }],
    ],
  );
  const parameter = async (run: NetworkRun, layer: number, name: string): Promise<Tensor> => {
    const source = run.layer(layer).trace.arrays.get(name)?.source;
    assert.ok(source, name);
    return source.read(wholeRegion(source.shape));
  };

  it('follow from the seed, the layer and nothing else', async () => {
    const [one, same, other] = [1, 1, 2].map(seed => startNetwork(untrained, options({}, { seed })));
    assertTensor(await parameter(one, 0, 'W'), await parameter(same, 0, 'W'));
    assertTensor(await one.input.get(), await same.input.get());
    assert.notDeepEqual(await parameter(one, 0, 'W'), await parameter(other, 0, 'W'));
    const without = startNetwork(
      network(
        ['N', 3, 16, 16],
        [['relu'], ['conv', { name: 'conv0', attributes: { filters: 32, size: 3 } }]],
      ),
      options({}),
    );
    assertTensor(await parameter(without, 1, 'W'), await parameter(one, 0, 'W'));
  });

  it('have the deviation √(2 / fan-in) and the mean 0 (He et al. 2015)', async () => {
    const run = startNetwork(untrained, options({}));
    for (const [layer, fanIn] of [
      [0, 3 * 3 * 3],
      [3, 32 * 14 * 14],
    ]) {
      const W = await parameter(run, layer, 'W');
      const values = Array.from(W.numbers());
      const mean = values.reduce((sum, value) => sum + value, 0) / W.size;
      const variance = values.reduce((sum, value) => sum + value ** 2, 0) / W.size;
      assert.ok(Math.abs(mean) < 0.2 * Math.sqrt(2 / fanIn), `mean ${mean}`);
      assert.ok(Math.abs(variance * fanIn - 2) < 0.3, `variance ${variance}, fan-in ${fanIn}`);
    }
  });

  it('leave a batch normalisation as it is', async () => {
    const run = startNetwork(untrained, options({}));
    const [before, after] = await allOf([run.layer(0).out, run.layer(1).out]);
    Array.from(before.numbers()).forEach((value, i) => {
      assert.ok(Math.abs(after.numbers()[i] - value) < 1e-4);
    });
  });
});
