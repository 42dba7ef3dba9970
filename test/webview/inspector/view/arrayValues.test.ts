import assert from 'node:assert/strict';
import type { Stats } from '../../../../engine';
import { createValuesModel } from '../../../../webview/inspector/view/arrayValues';
import { LARGE_ARRAY } from '../../../../webview/protocol';
import { eventually } from '../../../ui/eventually';
import { fakeHost } from '../fakeHost';

const { mean, std, ...TALLY } = {
  ...{ count: 8, min: 0, max: 1, mean: 0.5, std: 0.1, zeros: 1, nan: 0, posInf: 0, negInf: 0 },
  histogram: [8],
};
const STATS: Stats = { ...TALLY, mean, std };
const SKETCH = { ...TALLY, seen: 100 };

describe('inspector/view/arrayValues', () => {
  it('asks for all values of a small array, once', async () => {
    const asked: string[] = [];
    const { client } = fakeHost({
      'array/stats': ({ array }) => {
        asked.push(array);
        return STATS;
      },
    });
    const model = createValuesModel(client);
    model.of('0[3]', [2, 4]);
    const answer = model.of('0[3]', [2, 4]);
    await eventually(() => assert.deepEqual(answer.value, { values: STATS }));
    assert.deepEqual(asked, ['0[3]']);
  });

  it('looks at a sample of a large one, and at all of it when told to, saying how far it is', async () => {
    const progressed: (number | undefined)[] = [];
    let finish = (): void => undefined;
    const { client, send } = fakeHost({
      'array/sketch': () => SKETCH,
      'array/stats': ({ progress = -1 }) => {
        send('array/progress', { progress, fraction: 0.25 });
        return new Promise(resolve => (finish = () => resolve(STATS)));
      },
    });
    const model = createValuesModel(client);
    const answer = model.of('0', [LARGE_ARRAY + 1]);
    await eventually(() => assert.equal(answer.value.sample, 100));
    assert.equal(answer.value.values?.count, 100);
    assert.equal(answer.value.values.mean, undefined);
    answer.subscribe(({ progress }) => progressed.push(progress));
    model.compute('0', [LARGE_ARRAY + 1]);
    await eventually(() => assert.equal(answer.value.progress, 0.25));
    finish();
    await eventually(() => assert.deepEqual(answer.value, { values: STATS }));
    assert.deepEqual(progressed, [undefined, 0, 0.25, undefined]);
  });

  it('keeps the sample when the work is cancelled, or fails', async () => {
    let refuse = (): void => undefined;
    const { client } = fakeHost({
      'array/sketch': () => SKETCH,
      'array/stats': () => new Promise((_, reject) => (refuse = () => reject(new Error('it is truncated')))),
    });
    const model = createValuesModel(client);
    const answer = model.of('0', [LARGE_ARRAY + 1]);
    await eventually(() => assert.equal(answer.value.sample, 100));
    model.compute('0', [LARGE_ARRAY + 1]);
    model.cancel('0');
    await eventually(() => assert.deepEqual([answer.value.sample, answer.value.progress], [100, undefined]));
    assert.equal(answer.value.error, undefined);
    model.compute('0', [LARGE_ARRAY + 1]);
    await eventually(() => {
      refuse();
      assert.equal(answer.value.error, 'it is truncated');
    });
    assert.equal(answer.value.sample, 100);
  });

  it('gives the picture a range from a sample where the statistics fail, and says why they do', async () => {
    const { client } = fakeHost({
      'array/sketch': () => SKETCH,
      'array/stats': () => Promise.reject(new Error('a chunk is damaged')),
    });
    const answer = createValuesModel(client).of('0', [8]);
    await eventually(() => assert.equal(answer.value.sample, 100));
    assert.equal(answer.value.values?.max, 1);
    assert.equal(answer.value.error, 'a chunk is damaged');
  });
});
