import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Tensor } from '../../engine';
import { sampleRun } from '../host/sampleRun.mjs';
import { eventuallyEqual, eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { reloadWindow } from './reloadWindow';
import { openSmallLayer, smallLayer, writeArray } from './smallLayer';
import { addPanel, sharedWindow, shownPanel } from './window';

describe('panels over time', () => {
  it('stand side by side, each with its own run, step and cell', async () => {
    const { page } = await sharedWindow();
    const small = await openSmallLayer();
    await small.goTo(2);
    await addPanel(sampleRun[1]);
    assert.match(await (await shownPanel()).heading(), /W1 \(30, 1, 5, 5\)/);
    await page.getByRole('tab', { name: 'Conv · ones' }).click();
    const again = await shownPanel();
    assert.match(await again.heading(), /ones \(1, 1, 2, 2\)/);
    assert.equal(await again.step(), 2);
  });

  it('come back after a reload of the window with their step, cell and choices', async () => {
    const panel = await openSmallLayer({ stride: 2, dout: { kind: 'ones' } });
    const last = (await panel.steps()).length - 1;
    await panel.goTo(last);
    await panel.toggleTable('dx');
    for (const key of ['Control+Home', 'ArrowDown', 'ArrowRight', 'Enter'])
      await panel.card('dx').getByRole('grid').press(key);
    await eventuallyMatch(panel.explanation, /^dx\[0, 0, 1, 1\] = /);
    await panel.region('Where the selected cell came from').getByRole('button', { name: 'Unpin' }).waitFor();
    await reloadWindow('"array":"dx","index":[0,0,1,1]');
    const restored = await shownPanel();
    assert.match(await restored.heading(), /ones \(1, 1, 2, 2\)/);
    assert.match(await restored.frame.locator('header').first().innerText(), /stride 2/);
    assert.equal(await restored.step(), last);
    await eventuallyMatch(restored.explanation, /^dx\[0, 0, 1, 1\] = [\s\S]*Unpin/);
    assert.equal(await restored.card('dx').getByRole('grid').count(), 1);
  });
});

describe('files that change under a panel', () => {
  let panel: Panel;
  before(async () => {
    panel = await openSmallLayer({ dout: { kind: 'ones' } });
  });

  const runAgain = () => panel.frame.getByRole('button', { name: 'Run Again' }).click();
  const middle = (value: string) => eventuallyMatch(panel.explanation, new RegExp(`= ${value}$`, 'm'));

  it('are told of, and read by Run Again', async () => {
    await middle('33\\.0');
    await writeArray('arange', Tensor.full([1, 1, 4, 4], 2));
    await panel.frame.getByText('arange.npy changed on disk; Run Again shows it as it is now.').waitFor();
    await middle('33\\.0');
    await runAgain();
    await middle('11\\.0');
    await eventuallyEqual(() => panel.frame.getByText('changed on disk').count(), 0);
  });

  it('may no longer fit: the reason is given, and the run stays', async () => {
    await writeArray('arange', Tensor.full([1, 3, 4, 4], 2));
    await panel.frame.getByText('arange.npy changed on disk').waitFor();
    await runAgain();
    await eventuallyMatch(() => panel.frame.getByRole('alert').innerText(), /it has 3 channels, W takes 1/);
    await middle('11\\.0');
  });

  it('may be gone: the command says so in the panel, too', async () => {
    const { folder, runFromPalette } = await sharedWindow();
    rmSync(join(folder, smallLayer.input.file));
    await panel.frame.getByText('arange.npy was deleted').waitFor();
    await runFromPalette('CNN: Run Conv Layer Again');
    await eventuallyMatch(() => panel.frame.getByRole('alert').innerText(), /arange\.npy/);
    await middle('11\\.0');
  });
});
