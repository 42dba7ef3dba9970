import assert from 'node:assert/strict';
import { sampleRun } from '../host/sampleRun.mjs';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openPanel } from './window';

describe('the colours of a picture', () => {
  let panel: Panel;
  before(async () => {
    panel = await openPanel(sampleRun[1]);
    await panel.card('out').getByRole('button', { name: 'Colours of out' }).click();
  });

  const controls = () => panel.card('out').getByRole('group', { name: 'Colours' });
  const colourBar = () => panel.card('out').getByRole('img', { name: /^Colours from/ });
  const drawing = () =>
    panel
      .picture('out')
      .locator('canvas')
      .first()
      .evaluate(canvas => (canvas as HTMLCanvasElement).toDataURL());
  /** Does something, and waits until the picture is drawn another way. */
  async function redraws(change: () => Promise<void>): Promise<void> {
    const before = await drawing();
    await change();
    await eventually(async () => assert.notEqual(await drawing(), before));
  }
  /** The ends of the colour bar. */
  async function range(): Promise<[number, number]> {
    const name = (await colourBar().getAttribute('aria-label')) ?? '';
    const [from, to] = (name.match(/−?\d+(\.\d+)?/g) ?? []).map(text => Number(text.replace('−', '-')));
    return [from, to];
  }

  it('can be of another map', async () => {
    await redraws(() => panel.choose(controls(), 'Colour map', 'magma'));
    await eventuallyMatch(async () => (await colourBar().getAttribute('aria-label')) ?? '', /magma$/);
  });

  it('can span a range about zero, without outliers, or by hand, with its ends beside the bar', async () => {
    const [min, max] = await range();
    assert.ok(min < 0 && max > 0);
    await redraws(() => panel.choose(controls(), 'Range', 'symmetric about 0'));
    const most = Math.max(-min, max);
    assert.deepEqual(await range(), [-most, most]);
    await redraws(() => panel.choose(controls(), 'Range', '1st to 99th percentile'));
    const [low, high] = await range();
    assert.ok(min < low && low < high && high < max, `${low} … ${high} in ${min} … ${max}`);
    await panel.choose(controls(), 'Range', 'by hand');
    await redraws(async () => {
      await controls().getByRole('textbox', { name: 'from' }).fill('-0.5');
      await controls().getByRole('textbox', { name: 'to' }).fill('0.25');
    });
    assert.deepEqual(await range(), [-0.5, 0.25]);
    const to = controls().getByRole('textbox', { name: 'to' });
    await to.fill('much');
    await eventuallyEqual(() => to.getAttribute('aria-invalid'), 'true');
    await panel.choose(controls(), 'Range', 'min to max');
    await eventuallyEqual(range, [min, max]);
  });

  it('can have a scale for each map, and says so', async () => {
    await redraws(() => controls().getByRole('checkbox', { name: 'a scale for each map' }).click());
    await panel.card('out').getByText('every map has a scale of its own').waitFor();
    assert.equal(await colourBar().count(), 0, 'no one bar holds for all');
  });
});
