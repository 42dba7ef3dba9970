import assert from 'node:assert/strict';
import type { Theme } from '../host/profile.mjs';
import { sampleRun } from '../host/sampleRun.mjs';
import { accessibilityViolations } from './axe';
import { eventuallyEqual } from './eventually';
import type { Panel } from './panel';
import { openPanel, sharedWindow } from './window';
import type { Workbench } from './workbench';

const NARROW = 400;

describe('the panel for everyone', () => {
  let window: Workbench;
  let panel: Panel;
  before(async () => {
    window = await sharedWindow();
    panel = await openPanel(sampleRun[1]);
  });
  after(async () => {
    await window.setSize();
    window.execute('workbench.view.explorer');
    await window.page.locator('.part.sidebar').waitFor();
    await window.setTheme('dark');
  });

  /** What is found at each step. */
  async function atEveryStep(name: string, look: () => Promise<string[]>): Promise<string[]> {
    const found: string[] = [];
    for (const [step, title] of (await panel.steps()).entries()) {
      await panel.goTo(step);
      await window.screenshot(`${name}-${step}`);
      found.push(...(await look()).map(what => `${title}: ${what}`));
    }
    return found;
  }
  const violations = () => accessibilityViolations(panel.frame);
  const tooWide = () =>
    panel.frame.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth ? [`${scrollWidth} pixels in ${clientWidth}`] : [];
    });
  const width = () => panel.frame.evaluate(() => innerWidth);

  for (const theme of ['dark', 'light', 'hc'] satisfies Theme[]) {
    it(`has nothing for axe-core to find at any step (${theme})`, async () => {
      await window.setTheme(theme);
      assert.deepEqual(await atEveryStep(theme, violations), []);
    }).timeout(120_000);
  }

  it('has nothing for axe-core to find with everything open', async () => {
    await panel.goTo(0);
    // First: what opens later moves pictures under the pointer, and then another cell is explained.
    await panel
      .region('Where the selected cell came from')
      .getByRole('button', { name: /All \d+ terms/ })
      .click();
    await panel.frame.getByRole('button', { name: 'What if…' }).click();
    await panel.card('out').getByRole('button', { name: 'Colours of out' }).click();
    await panel.toggleTable('x');
    await panel.card('out').getByRole('button', { name: 'More for out' }).click();
    await panel.frame.getByRole('menu').waitFor();
    await window.screenshot('everything-open');
    for (const theme of ['hc-light', 'light', 'dark'] satisfies Theme[]) {
      await window.setTheme(theme);
      assert.deepEqual(await violations(), [], theme);
    }
    await panel.frame.getByRole('menu').press('Escape');
    await panel.toggleTable('x');
  });

  it('fits a page of 400 pixels at every step, without scrolling sideways', async () => {
    window.execute('workbench.action.closeSidebar');
    await window.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    const around = (window.page.viewportSize()?.width ?? 0) - (await width());
    await window.setSize(NARROW + around);
    await eventuallyEqual(width, NARROW);
    const found = await atEveryStep('narrow', async () => [...(await violations()), ...(await tooWide())]);
    assert.deepEqual(found, []);
  }).timeout(120_000);
});
