import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Theme } from '../host/profile.mjs';
import { accessibilityViolations } from './axe';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import { openInspector, safetensors, writeBytes, type Inspector } from './inspector';
import { sharedWindow } from './window';

const count = (length: number): number[] => Array.from({ length }, (_, i) => i / 10 - 3);

const ARRAYS = [
  { name: 'scalar', shape: [], values: [1.5] },
  { name: 'vector', shape: [40], values: count(40) },
  { name: 'matrix', shape: [6, 8], values: count(48).with(3, NaN).with(9, Infinity) },
  { name: 'filters', shape: [4, 2, 3, 3], values: count(72) },
  { name: 'photo', shape: [3, 8, 8], values: count(192).map(value => (value + 3) / 20) },
];

describe('the view of one array of a file', () => {
  let inspector: Inspector;
  const tab = (name: string): Locator => inspector.view.getByRole('tab', { name });
  const tabs = (): Promise<string[]> => inspector.view.getByRole('tab').allInnerTexts();
  const box = (): Locator => inspector.view.getByRole('textbox', { name: /^Slice of / });
  const picture = (): Locator => inspector.view.getByRole('application');
  const painted = (): Promise<void> => inspector.view.locator('.picture[data-state=painted]').waitFor();
  const statistics = (): Promise<string> =>
    inspector.view.getByRole('complementary', { name: 'Statistics' }).innerText();
  const choose = async (name: string): Promise<void> => {
    await inspector.row(name).click();
    await inspector.view.getByRole('heading', { name, exact: true }).waitFor();
  };

  before(async () => {
    await writeBytes('views.safetensors', safetensors(ARRAYS));
    inspector = await openInspector('views.safetensors');
  });

  for (const [name, expected] of [
    ['scalar', ['Number']],
    ['vector', ['Line', 'Heat map', 'Numbers']],
    ['matrix', ['Heat map', 'Line', 'Numbers']],
    ['filters', ['Small pictures', 'Heat map', 'Line', 'Numbers']],
    ['photo', ['Colour picture', 'Small pictures', 'Heat map', 'Line', 'Numbers']],
  ] as const) {
    it(`offers what fits ${name}, the best one first`, async () => {
      await choose(name);
      await eventuallyEqual(tabs, [...expected]);
      if (name !== 'scalar') await painted();
      const { screenshot } = await sharedWindow();
      await screenshot(`inspector-${name}`);
    });
  }

  it('shows a number with all its digits and bits', async () => {
    await choose('scalar');
    await eventuallyMatch(() => inspector.view.innerText(), /1\.5\b[\s\S]*0x3fc00000[\s\S]*0 01111111 1000/);
  });

  it('says as one types what a slice selects, and shows it on Enter', async () => {
    await choose('filters');
    await box().fill('3, 0');
    await eventuallyMatch(() => inspector.view.locator('.slice-outcome').innerText(), /→ \(3, 3\)/);
    await box().fill('4');
    await eventuallyMatch(
      () => inspector.view.locator('.slice-outcome').innerText(),
      /index 4 is out of range on axis 0/,
    );
    await box().press('Escape');
    assert.equal(await box().inputValue(), '');
    await box().fill('3, 0');
    await box().press('Enter');
    await eventuallyEqual(tabs, ['Heat map', 'Line', 'Numbers']);
    await eventuallyMatch(statistics, /filters\[3, 0\] \(3, 3\)/);
    await box().fill('');
    await box().press('Enter');
    await eventuallyMatch(statistics, /filters \(4, 2, 3, 3\)/);
  });

  it('turns the rows round by a slice, whose labels stay those of the array', async () => {
    await choose('matrix');
    await inspector.view.getByRole('button', { name: 'Flip the rows' }).click();
    await eventuallyEqual(() => box().inputValue(), '::-1');
    await painted();
    await picture().focus();
    await picture().press('Control+Home');
    await eventuallyMatch(() => inspector.view.locator('.picture-readout').innerText(), /\[5, 0\]\s+1/);
    await inspector.view.getByRole('button', { name: 'Flip the rows' }).click();
    await eventuallyEqual(() => box().inputValue(), '');
  });

  it('marks a region by the keys, describes it, and shows only it', async () => {
    await choose('matrix');
    await painted();
    await picture().focus();
    await picture().press('Control+Home');
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight']) await picture().press(key);
    await eventuallyMatch(statistics, /Region\s+matrix\[:2, :3\] \(2, 3\)/);
    await picture().press('Escape');
    await eventually(async () => assert.doesNotMatch(await statistics(), /Region/));
    await picture().press('Shift+ArrowRight');
    await inspector.view.getByRole('button', { name: 'Show only this' }).click();
    await eventuallyMatch(() => box().inputValue(), /^1:2, 2:4$/);
    await box().fill('');
    await box().press('Enter');
  });

  it('marks a region of one of the small pictures by the keys and by the pointer', async () => {
    await choose('filters');
    await painted();
    await picture().focus();
    await picture().press('Control+Home');
    for (const key of ['Shift+ArrowRight', 'Shift+End', 'Shift+ArrowDown']) await picture().press(key);
    await eventuallyMatch(statistics, /Region\s+filters\[0, 0, :2\] \(2, 3\)/);
    await picture().press('Escape');
    await eventually(async () => assert.doesNotMatch(await statistics(), /Region/));
    // Into the next picture: the region ends where the first one does.
    const { page } = await sharedWindow();
    const { x, y, width } = (await picture().boundingBox()) ?? { x: 0, y: 0, width: 0 };
    await page.keyboard.down('Shift');
    await page.mouse.move(x + 60, y + 60);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + 62, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await eventuallyMatch(statistics, /Region\s+filters\[0, 0, [^\]]+\] \(\d, [123]\)/);
    await picture().press('Escape');
  });

  it('marks a region of the numbers by keys and by the pointer', async () => {
    await choose('matrix');
    await tab('Numbers').click();
    const table = inspector.view.getByRole('grid');
    await table.press('Control+Home');
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowRight']) await table.press(key);
    await eventuallyMatch(statistics, /Region\s+matrix\[:2, :2\] \(2, 2\)/);
    assert.equal(await table.locator('.is-marked').count(), 4);
    await table.press('Escape');
    await eventually(async () => assert.doesNotMatch(await statistics(), /Region/));
    await table.getByRole('gridcell').nth(0).click();
    await table
      .getByRole('gridcell')
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await eventuallyMatch(statistics, /Region\s+matrix\[:1, :3\] \(1, 3\)/);
    await table.press('Escape');
    await tab('Heat map').click();
  });

  it('draws the histogram along the scale of the colours', async () => {
    await choose('matrix');
    const histogram = inspector.view.getByRole('img', { name: /^Histogram of matrix:/ });
    const words = async (): Promise<string> => (await histogram.getAttribute('aria-label')) ?? '';
    await eventuallyMatch(words, /: 46 finite values in 64 bins/);
    await inspector.view.getByRole('button', { name: 'Colours of matrix' }).click();
    await box().click({ trial: true }); // the choices cover nothing
    await inspector.view.getByRole('combobox', { name: 'Scale' }).click();
    await inspector.view.getByRole('option', { name: 'logarithmic', exact: true }).click();
    await eventuallyMatch(words, /: 17 finite values in 64 bins/);
    await eventuallyMatch(statistics, /logarithmic · 29 not shown/);
    await inspector.view.getByRole('combobox', { name: 'Scale' }).click();
    await inspector.view.getByRole('option', { name: 'linear', exact: true }).click();
    await eventuallyMatch(words, /: 46 finite values in 64 bins/);
    await inspector.view.getByRole('button', { name: 'Colours of matrix' }).click();
  });

  it('spreads the light of a colour picture over another range', async () => {
    await choose('photo');
    await eventuallyMatch(() => inspector.view.innerText(), /black is 0, full light 1/);
    await inspector.view.getByRole('button', { name: 'Colours of photo' }).click();
    await inspector.view.getByRole('combobox', { name: 'Range' }).click();
    await inspector.view.getByRole('option', { name: 'min to max' }).click();
    await eventuallyMatch(() => inspector.view.innerText(), /full light 0\.95/);
    await inspector.view.getByRole('combobox', { name: 'Range' }).click();
    await inspector.view.getByRole('option', { name: 'usual of pictures' }).click();
    await inspector.view.getByRole('button', { name: 'Colours of photo' }).click();
  });

  it('opens one of the small pictures', async () => {
    await choose('filters');
    await painted();
    await picture().focus();
    await picture().press('Enter');
    await eventuallyEqual(() => tab('Heat map').getAttribute('aria-selected'), 'true');
    await eventuallyEqual(
      () => inspector.view.getByRole('group', { name: 'filter' }).getByRole('spinbutton').inputValue(),
      '0',
    );
  });

  it('copies what is marked', async () => {
    const { clipboard } = await sharedWindow();
    await choose('matrix');
    await inspector.view.getByRole('button', { name: 'More for matrix' }).click();
    await inspector.view.getByRole('menuitem', { name: 'Copy as NumPy text' }).click();
    await eventuallyMatch(clipboard, /array\(\[\[-3\.? /);
  });

  it('takes keys: [ for the slice, Ctrl+C for what is shown, ? for a list of them', async () => {
    const { clipboard } = await sharedWindow();
    await choose('vector');
    await painted();
    await picture().focus();
    await picture().press('[');
    await box().fill('2:4');
    await box().press('Enter');
    await eventuallyMatch(statistics, /vector\[2:4\] \(2,\)/);
    await picture().focus();
    await picture().press('Control+c');
    await eventuallyMatch(clipboard, /array\(\[-2\.8\d*, -2\.7/);
    await picture().press('?');
    const keys = inspector.frame.getByRole('dialog', { name: 'Keys' });
    await eventuallyMatch(() => keys.innerText(), /Ctrl\+C\s+copy the slice or region/);
    await keys.getByText('Close').click();
    await keys.waitFor({ state: 'hidden' });
    await box().fill('');
    await box().press('Enter');
  });

  it('scrolls down to the statistics in a low window', async () => {
    const { page, setSize } = await sharedWindow();
    await choose('matrix');
    await setSize(undefined, 460);
    const last = inspector.view.getByText('NaN · Inf');
    const isCut = async (): Promise<boolean> => {
      const box = await last.boundingBox();
      return !box || box.y + box.height > (page.viewportSize()?.height ?? 0) - 22; // the status bar
    };
    await eventuallyEqual(isCut, true);
    await inspector.view.getByRole('heading', { name: 'matrix' }).hover();
    await page.mouse.wheel(0, 1000);
    await eventuallyEqual(isCut, false);
    await setSize();
  });

  it('is accessible in every view and kind of theme', async () => {
    const { setTheme } = await sharedWindow();
    for (const theme of ['light', 'hc', 'dark'] satisfies Theme[]) {
      await setTheme(theme);
      for (const { name } of ARRAYS) {
        await choose(name);
        for (const title of await tabs()) {
          await tab(title).click();
          assert.deepEqual(await accessibilityViolations(inspector.frame), [], `${theme} ${name} ${title}`);
        }
      }
    }
  });
});
