import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeEditors, sharedWindow } from './window';
import type { Workbench } from './workbench';

/** As many files of so many numbers take seconds to read through. */
const FILES = 250;
const NUMBERS = 120_000;

describe('choosing while files are still being listed', () => {
  let window: Workbench;
  let folder: string;
  before(async () => {
    window = await sharedWindow();
    await closeEditors();
    folder = join(window.folder, 'many');
    mkdirSync(folder);
    const row = Array.from({ length: NUMBERS }, (_, i) => i);
    const text = JSON.stringify([[[row]]]);
    for (let i = 0; i < FILES; i++) writeFileSync(join(folder, `a${i}.json`), text);
    writeFileSync(join(folder, 'z.json'), JSON.stringify([[[[1, 2]]]]));
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => window.quickPick.dismiss());

  const busy = () => window.page.locator('.quick-input-widget .quick-input-progress.active');
  const allListed = () => busy().waitFor({ state: 'detached' });

  it('the focus is on the best match at any time, and Enter takes it', async () => {
    const { page, quickPick, runFromPalette } = window;
    await runFromPalette('CNN: Run Conv Layer');
    await quickPick.waitForTitle('(1/');
    await quickPick.type('W1');
    await page.evaluate(watchFocus);
    await quickPick.waitForChoice(/W1/);
    await allListed();
    const { seen, unfocused } = await page.evaluate(() => globalThis.watchedFocus);
    assert.ok(seen > 0, 'there was a list to look at');
    assert.equal(unfocused, 0, `of ${seen} looks at lines, so many saw none with the focus`);
    await quickPick.acceptFocused('params.pkl');
    await quickPick.waitForTitle('(2/');
  });

  it('the focus stays on the line that the user moved to, and Enter takes that one', async () => {
    const { page, quickPick, runFromPalette } = window;
    await runFromPalette('CNN: Run Conv Layer');
    await quickPick.waitForTitle('(1/');
    await quickPick.type('json');
    const focused = page.locator('.quick-input-list .monaco-list-row.focused');
    await focused.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await busy().count(), 1, 'more files are to come');
    const chosen = await focused.getAttribute('aria-label');
    await allListed();
    assert.equal(await focused.getAttribute('aria-label'), chosen);
    await quickPick.accept();
    const array = /many.(a\d+)\.json/.exec(chosen ?? '')?.[1];
    await page.getByPlaceholder(`Input x for ${array} (`).waitFor();
  });
});

declare global {
  /** Looks at the list since {@link watchFocus}: how many saw lines, and how many of those saw none with the focus. */
  var watchedFocus: { seen: number; unfocused: number };
}

/** Looks at the list of the quick pick in every frame. */
function watchFocus(): void {
  globalThis.watchedFocus = { seen: 0, unfocused: 0 };
  const look = (): void => {
    const list = document.querySelector('.quick-input-list');
    if (list?.querySelector('.monaco-list-row')) {
      watchedFocus.seen++;
      if (!list.querySelector('.monaco-list-row.focused')) watchedFocus.unfocused++;
    }
    requestAnimationFrame(look);
  };
  look();
}
