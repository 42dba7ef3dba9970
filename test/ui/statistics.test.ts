import assert from 'node:assert/strict';
import { Tensor } from '../../engine';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openSmallLayer, smallLayer, writeArray } from './smallLayer';
import { openPanel, sharedWindow } from './window';

/** Two channels: 0…15 and their negatives ten times as large. */
const twoChannels = Array.from({ length: 32 }, (_, i) => (i < 16 ? i : -10 * (i - 16)));

describe('the numbers about an array', () => {
  let panel: Panel;
  before(async () => {
    await openSmallLayer();
    await writeArray('channels', Tensor.from(twoChannels, [1, 2, 4, 4]));
    await writeArray('strange', Tensor.from([NaN, 1, Infinity, -Infinity, 5, 6, 0, 8, 9], [1, 1, 3, 3]));
    await writeArray('twoOnes', Tensor.full([1, 2, 2, 2], 1));
  });
  after(async () => (await sharedWindow()).setSize());

  const statistics = () =>
    panel
      .region('Statistics')
      .innerText()
      .then(text => text.replace(/\s+/g, ' '));
  const histogram = () => panel.region('Statistics').getByRole('img', { name: /^Histogram of/ });

  it('are of all of it, or of the map in which the cell lies', async () => {
    panel = await openPanel({
      ...smallLayer,
      weights: { file: 'twoOnes.npy' },
      input: { file: 'channels.npy' },
    });
    await panel.picture('x').press('Control+Home');
    await eventuallyMatch(
      statistics,
      /min … max −150 … 15 mean ± std −33\.75 ± 52\.675 zeros 2 of 32 NaN · Inf 0 · 0/,
    );
    await panel.choose(panel.region('Statistics'), 'Statistics of', 'this map');
    await eventuallyMatch(
      statistics,
      /^x\[[0:], 0, :, :\].*min … max 0 … 15 mean ± std 7\.5 ± 4\.6098 zeros 1 of 16/,
    );
    await panel.card('x').getByRole('button', { name: 'Next channel' }).click();
    await eventuallyMatch(
      statistics,
      /^x\[[0:], 1, :, :\].*min … max −150 … 0 mean ± std −75 ± 46\.098 zeros 1 of 16/,
    );
  });

  it('come with a histogram that is told in words, too', async () => {
    await eventuallyMatch(
      async () => (await histogram().getAttribute('aria-label')) ?? '',
      /^Histogram of x\[[0:], 1, :, :\]: 16 finite values in \d+ bins; most of them, \d+, lie in −?\d/,
    );
    const isPainted = (): Promise<boolean> =>
      histogram().evaluate(element => {
        const canvas = element as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, i) => i % 4 === 3 && value > 0);
      });
    await eventuallyEqual(isPainted, true); // it may wait for what is more urgent
  });

  it('count what is no finite number, and pictures and tables show it', async () => {
    await (await sharedWindow()).setSize(1000, 900);
    panel = await openPanel({ ...smallLayer, input: { file: 'strange.npy' }, dout: { kind: 'ones' } });
    await panel.picture('x').press('Control+Home');
    await eventuallyMatch(statistics, /min … max 0 … 9 .*zeros 1 of 9 NaN · Inf 1 · 2/);
    await eventuallyMatch(() => panel.card('x').innerText(), /NaN[\s\S]*∞[\s\S]*−∞/);
    await panel.toggleTable('x');
    const cells = panel.card('x').getByRole('gridcell');
    await eventuallyEqual(
      () => cells.allInnerTexts(),
      ['NaN', '1.0', '∞', '−∞', '5.0', '6.0', '0.0', '8.0', '9.0'],
    );
    await panel.toggleTable('out');
    await eventually(async () =>
      assert.deepEqual(await panel.card('out').getByRole('gridcell').allInnerTexts(), [
        'NaN',
        '∞',
        '−∞',
        '31.0',
      ]),
    );
  });
});
