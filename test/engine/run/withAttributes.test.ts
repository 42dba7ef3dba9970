import assert from 'node:assert/strict';
import { CancelledError, startNetwork } from '../../../engine';
import { assertTensor } from '../support/arrays';
import { allOf, b1, convNet, options, passed, stored, W1, W2, x } from './networks';

describe('NetworkRun.withAttributes', () => {
  it('keeps what does not depend on the layer, and computes the rest anew', async () => {
    const given = options({ W1, b1, W2 }, { input: stored('x', x) });
    const run = startNetwork(convNet, given);
    await allOf(passed(run));
    const before = run.layer(1).out;
    const beforeOut = await before.get();
    const reads = [...given.parameters.values()].map(file => file.reads);
    const changed = run.withAttributes(2, { size: 2, pad: 1 });
    assert.equal(changed.runnable, 3, 'W2 has too few rows now');
    assert.equal(await changed.layer(1).out.get(), beforeOut);
    assert.deepEqual((await changed.layer(2).out.get()).shape, [2, 4, 5, 5]);
    assert.deepEqual(
      [...given.parameters.values()].map(file => file.reads),
      reads,
    );
    await assert.rejects(before.get(), CancelledError);

    const back = changed.withAttributes(2, { size: 2 });
    const fresh = startNetwork(convNet, given);
    const [wanted, got] = [await allOf(passed(fresh)), await allOf(passed(back))];
    got.forEach((tensor, i) => assertTensor(tensor, wanted[i]));
  });
});
