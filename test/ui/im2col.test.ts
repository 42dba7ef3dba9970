import assert from 'node:assert/strict';
import { sampleRun } from '../host/sampleRun.mjs';
import { eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openPanel } from './window';

describe('the im2col matrix of the digit', () => {
  let panel: Panel;
  before(async () => {
    panel = await openPanel(sampleRun[1]);
  });

  for (const { option, array, shape, size, cell } of [
    {
      option: 'columns: one per window',
      array: 'col.columns',
      shape: '(25, 576)',
      size: '25 rows, 576 columns',
      cell: /\[0, 0\] .*c0 fh0 fw0 · n0 oh0 ow0/,
    },
    {
      option: 'per filter tap: 25 pictures of 24×24',
      array: 'col.axes',
      shape: '(1, 1, 5, 5, 24, 24)',
      size: '25 maps of 24 by 24',
      cell: /\[0, 0, 0, 0, 0, 0\]/,
    },
    {
      option: 'per window: 576 pictures of 5×5',
      array: 'col.axes',
      shape: '(1, 1, 5, 5, 24, 24)',
      size: '576 maps of 5 by 5',
      cell: /\[0, 0, 0, 0, 0, 0\]/,
    },
    {
      option: 'rows: one per window',
      array: 'col',
      shape: '(576, 25)',
      size: '576 rows, 25 columns',
      cell: /\[0, 0\] .*n0 oh0 ow0 · c0 fh0 fw0/,
    },
  ]) {
    it(`shows ${option}`, async () => {
      await panel.choose(panel.frame.locator('main'), 'Layout of col', option);
      await panel.frame.locator(`[role=application][aria-label*="${size}"]`).waitFor();
      await panel.painted();
      assert.ok((await panel.card(array).innerText()).includes(shape));
      await panel.picture(array).press('Control+Home');
      await eventuallyMatch(() => panel.readout(array), cell);
    });
  }

  it('zooms with the keyboard, and back to what fits', async () => {
    const card = panel.card('col');
    const size = async () => parseFloat(await card.getByTitle('Pixels per cell').innerText());
    const before = await size();
    await panel.picture('col').press('+');
    assert.ok((await size()) > before);
    await panel.picture('col').press('-');
    await panel.picture('col').press('-');
    assert.ok((await size()) < before);
    await card.getByRole('button', { name: 'Fit' }).click();
    assert.equal(await size(), before);
  });

  it('scrolls along with the cursor to the last window', async () => {
    await panel.picture('col').press('Control+End');
    await eventuallyMatch(() => panel.readout('col'), /\[575, 24\] .*n0 oh23 ow23 · c0 fh4 fw4/);
    const scrolled = await panel.picture('col').evaluate(element => element.scrollTop);
    assert.ok(scrolled > 0);
    await panel.painted();
  });
});
