import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { chooseFromMenu } from './contextMenu';
import { eventuallyMatch } from './eventually';
import { closeEditors, sharedWindow } from './window';
import type { Workbench } from './workbench';

describe('files of arrays in the explorer and on tabs', () => {
  let window: Workbench;
  const file = (name: string) =>
    window.page.locator('.explorer-folders-view').getByRole('treeitem', { name: new RegExp(`^${name}`) });
  const tab = () => window.page.getByRole('tab', { name: /^params\.pkl/ });
  before(async () => {
    window = await sharedWindow();
    await closeEditors();
    await window.quickPick.openPalette('CNN: Inspect Tensors'); // from then on its menus are there, too
    await window.quickPick.dismiss();
    await window.runFromPalette('View: Show Explorer');
  });
  after(closeEditors);

  /** The entries of ours in the menu of the right mouse button. */
  async function entries(of: Locator): Promise<string[]> {
    await of.click({ button: 'right' });
    const items = window.page.locator('.context-view').getByRole('menuitem');
    await items.first().waitFor();
    const texts = (await items.allInnerTexts()).map(text => text.trim());
    await window.page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'detached' });
    return texts.filter(text => ['Inspect Tensors', 'Run Conv Layer'].includes(text));
  }

  it('have both commands in their menu; other files have not', async () => {
    // A menu that is opened while the explorer is still being drawn may be another row's.
    for (const name of ['params.pkl', 'digits-images-idx3-ubyte.gz'])
      await eventuallyMatch(
        async () => (await entries(file(name))).join(),
        /^Inspect Tensors,Run Conv Layer$/,
      );
    assert.deepEqual(await entries(file('README.md')), []);
  });

  it('have them on their tabs', async () => {
    await file('params.pkl').dblclick();
    await tab().waitFor();
    await window.panel(); // it takes the focus when it has opened, which closes menus
    assert.deepEqual(await entries(tab()), ['Run Conv Layer']);
  });

  it('say what is in them when the pointer rests on them', async () => {
    const { page } = window;
    const summary = '6 arrays · 433,890 values · pickle';
    const label = file('params.pkl').locator('.monaco-icon-label');
    await eventuallyMatch(async () => (await label.getAttribute('aria-label')) ?? '', new RegExp(summary));
    for (const [name, place] of [
      ['explorer', file('params.pkl')],
      ['tab', tab()],
    ] as const) {
      await page.mouse.move(700, 700);
      await page.locator('.workbench-hover').waitFor({ state: 'detached' });
      await place.locator('.label-name').hover();
      await page.locator('.workbench-hover', { hasText: summary }).waitFor();
      await window.screenshot(`${name}-hover`);
    }
  });

  it('open in the editor by the menu, also those that open otherwise by themselves', async () => {
    await closeEditors();
    await file('seven.png').click({ button: 'right' });
    await chooseFromMenu(window.page, 'Inspect Tensors');
    await window.page.getByRole('tab', { name: /^seven\.png/ }).waitFor();
    await window.panel();
  });
});
