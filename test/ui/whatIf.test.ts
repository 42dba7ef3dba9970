import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { sampleRun } from '../host/sampleRun.mjs';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openPanel } from './window';

describe('what if', () => {
  let panel: Panel;
  let form: Locator;
  before(async () => {
    panel = await openPanel(sampleRun[1]);
    await panel.frame.getByRole('button', { name: 'What if…' }).click();
    form = panel.region('What if');
  });

  const field = (group: string, name: string) =>
    form.getByRole('group', { name: group }).getByRole('textbox', { name, exact: true });
  const shapes = async () => (await panel.steps()).map(step => step.slice(step.indexOf('(')));

  it('shows the formula of the run as it is', async () => {
    const text = await form.innerText();
    assert.match(text, /OH = \(28 \+ 2·0 − 5\)\/1 \+ 1 = 24/);
    assert.match(text, /out \(1, 30, 24, 24\)/);
    assert.match(text, /pool\.out \(1, 30, 12, 12\)/);
  });

  it('changes all shapes with the stride', async () => {
    await field('convolution', 'stride').fill('2');
    await eventuallyMatch(() => form.innerText(), /OH = ⌊\(28 \+ 2·0 − 5\)\/2⌋ \+ 1 = 12/);
    await eventually(async () => {
      const now = await shapes();
      assert.deepEqual(now.slice(0, 3), ['(144, 25)', '(25, 30)', '(144, 30)']);
      assert.ok(now.includes('(1, 30, 12, 12)') && now.includes('(1, 30, 6, 6)'));
    });
    assert.match(await panel.frame.locator('header').first().innerText(), /stride 2/);
    await eventuallyMatch(() => panel.card('col').innerText(), /\(144, 25\)/);
    assert.match(await panel.stepText(), /N·OH·OW = 1·12·12 = 144/);
    await eventuallyMatch(panel.explanation, /^out\[0, 0, 6, 6\]/);
  });

  for (const { group, name, value, says } of [
    {
      group: 'convolution',
      name: 'stride',
      value: '0',
      says: /stride is 0, it must be a whole number of at least 1/,
    },
    { group: 'convolution', name: 'pad', value: '-1', says: /pad is .*-1.*at least 0/ },
    {
      group: 'convolution',
      name: 'dilation',
      value: '8',
      says: /the window spans 33 \(FH 5, dilation 8\), but x has only H 28 \+ pad 0 \+ 0 = 28/,
    },
    { group: 'pooling', name: 'size', value: 'two', says: /“two” is not a whole number/ },
  ]) {
    it(`says why ${group} ${name} ${value} cannot work, and keeps the run`, async () => {
      const input = field(group, name);
      const old = await input.inputValue();
      const before = await shapes();
      await input.fill(value);
      await eventuallyMatch(
        () => form.getByRole('group', { name: group }).getByRole('alert').innerText(),
        says,
      );
      await eventuallyEqual(() => input.getAttribute('aria-invalid'), 'true');
      assert.deepEqual(await shapes(), before);
      await input.fill(old);
      await eventuallyEqual(() => form.getByRole('alert').count(), 0);
    });
  }

  it('takes the pooling away', async () => {
    await panel.choose(form, 'Pooling', 'no pooling');
    await eventually(async () => assert.ok(!(await shapes()).includes('(1, 30, 6, 6)')));
    assert.equal(await form.getByRole('group', { name: 'pooling' }).getByRole('textbox').count(), 0);
  });

  it('starts the way back at one cell of the output', async () => {
    await panel.choose(form, 'dout', '1 at one cell');
    await field('gradient from above', 'cell').fill('0 0 0 1');
    await panel.goTo((await panel.steps()).findIndex(step => step.startsWith('dout')));
    await panel.picture('dout').press('Control+Home');
    await panel.picture('dout').press('ArrowRight');
    await eventuallyMatch(() => panel.readout('dout'), /\[0, 0, 0, 1\].* 1\.0\b/);
    await panel.picture('dout').press('ArrowRight');
    await eventuallyMatch(() => panel.readout('dout'), /\[0, 0, 0, 2\].* 0\.0\b/);
  });
});
