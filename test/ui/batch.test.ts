import assert from 'node:assert/strict';
import { eventuallyEqual, eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openPanel } from './window';

describe('a batch of a hundred digits', () => {
  let panel: Panel;
  before(async () => {
    panel = await openPanel({
      weights: { file: 'params.pkl', name: 'W1' },
      input: { file: 'digits.npz', name: 'x' },
    });
  });

  const stepper = (array: string, name: string) =>
    panel.card(array).getByRole('group', { name, exact: true });
  const position = (array: string, name: string) => stepper(array, name).getByRole('spinbutton').inputValue();

  it('says how its bytes were brought to 0…1', async () => {
    await panel.frame.getByText('x was uint8; its values were divided by 255, to 0 … 1.').waitFor();
  });

  it('is stepped through by sample, in all pictures at once, and the cell goes along', async () => {
    assert.equal(await position('x', 'sample'), '0');
    assert.ok(await stepper('x', 'sample').getByRole('button', { name: 'Previous sample' }).isDisabled());
    await stepper('x', 'sample').getByRole('button', { name: 'Next sample' }).click();
    await eventuallyEqual(() => position('out', 'sample'), '1');
    await eventuallyMatch(panel.explanation, /^out\[1, 0, 12, 12\] = col\[876, :\]/);
    await stepper('out', 'sample').getByRole('spinbutton').fill('99');
    await eventuallyEqual(() => position('x', 'sample'), '99');
    await eventuallyMatch(panel.explanation, /^out\[99, 0, 12, 12\]/);
    assert.ok(await stepper('out', 'sample').getByRole('button', { name: 'Next sample' }).isDisabled());
  });

  it('reaches the end of its 57,600 rows of col', async () => {
    await panel.picture('col').press('Control+End');
    await eventuallyMatch(() => panel.readout('col'), /\[57599, 24\] .*n99 oh23 ow23 · c0 fh4 fw4/);
    await panel.painted();
  });

  it('shows one feature map large, steps through the filters, and goes back to all', async () => {
    await panel.picture('out').press('Control+Home');
    await panel.picture('out').press('Enter');
    await stepper('out', 'filter').waitFor();
    await stepper('out', 'filter').getByRole('spinbutton').fill('29');
    await eventuallyMatch(panel.explanation, /^out\[99, 29, 0, 0\]/);
    await panel.card('out').getByRole('button', { name: 'Back to all maps of out' }).click();
    await eventuallyMatch(() => panel.card('out').innerText(), /30 maps of 24×24/);
  });
});
