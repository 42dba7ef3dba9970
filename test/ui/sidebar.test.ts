import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { chooseFromMenu } from './contextMenu';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import { closeEditors, onlySamples, sharedWindow } from './window';
import type { Workbench } from './workbench';

describe('the view CNN Tensors', () => {
  let window: Workbench;
  let sidebar: Locator;
  const row = (name: RegExp): Locator => sidebar.getByRole('treeitem', { name });
  const labels = (): Promise<string[]> =>
    sidebar.getByRole('treeitem').locator('.label-name').allInnerTexts();

  /** Opens the row of a file; a click while VS Code draws the view anew is lost, as it is under any hand. */
  const expand = async (file: Locator): Promise<void> => {
    const clickUntilOpen = async (): Promise<void> => {
      if ((await file.getAttribute('aria-expanded')) !== 'true') await file.click();
      assert.equal(await file.getAttribute('aria-expanded'), 'true');
    };
    await eventually(clickUntilOpen, { interval: 1000 });
  };

  before(async () => {
    window = await sharedWindow();
    await closeEditors();
    await onlySamples();
    await window.runFromPalette('View: Show CNN Tensors');
    sidebar = window.page.locator('.part.sidebar');
  });
  after(async () => {
    await closeEditors();
    await window.runFromPalette('View: Show Explorer');
    await window.page.locator('.explorer-folders-view').waitFor();
  });

  it('lists the files of arrays and the networks, and nothing else', async () => {
    await row(/^params\.pkl/).waitFor();
    await eventuallyEqual(labels, [
      'broken',
      'channel_mismatch.cnn.json',
      'dropped_border.cnn.json',
      'filter_too_large.cnn.json',
      'keras_style.npz',
      'pool_without_pad.cnn.json',
      'swapped_axes.cnn.json',
      'wrong_flatten_size.cnn.json',
      'digit4.npy',
      'digits-images-idx3-ubyte.gz',
      'digits-labels-idx1-ubyte.gz',
      'digits.npz',
      'dout.npy',
      'filters.npz',
      'params.pkl',
      'rgb_edges.npz',
      'simple_convnet.cnn.json',
    ]);
  });

  describe('of a file that is opened', () => {
    before(() => expand(row(/^params\.pkl/)));

    it('lists the arrays, with their shapes and types', async () => {
      await row(/^W1/).waitFor();
      assert.match(await row(/^W1/).innerText(), /W1\s*\(30, 1, 5, 5\) float32/);
      const listed = await labels();
      const [, ...arrays] = listed.slice(listed.indexOf('params.pkl'), listed.indexOf('rgb_edges.npz'));
      assert.deepEqual(arrays, ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']);
      await window.screenshot('sidebar');
    });

    it('opens the editor on the array that is clicked, and the status bar says what is on show', async () => {
      const status = window.page.locator('.statusbar-item', { hasText: /(W1|b1).*\(30,/ });
      await row(/^W1/).click();
      await window.page.getByRole('tab', { name: 'params.pkl' }).waitFor();
      await eventuallyMatch(() => status.innerText(), /W1.*\(30, 1, 5, 5\) /);
      await row(/^b1/).click();
      await eventuallyMatch(() => status.innerText(), /b1.*\(30,\) /);
      await status.click();
      await eventuallyMatch(window.clipboard, /^b1.*\(30,\) /);
      await window.screenshot('sidebar-editor');
      await closeEditors();
      await status.waitFor({ state: 'hidden' });
    });

    it('offers to run a layer with arrays that can be its weights or its input, and to copy names', async () => {
      const offered = async (name: RegExp): Promise<string[]> => {
        await row(name).click({ button: 'right' });
        const items = window.page.locator('.context-view').getByRole('menuitem');
        await items.first().waitFor();
        const texts = await items.allInnerTexts();
        await window.page.keyboard.press('Escape');
        await items.first().waitFor({ state: 'detached' });
        return texts.map(text => text.trim());
      };
      const run = ['Run Conv Layer with This as W', 'Run Conv Layer with This as x'];
      const copy = ['Copy Name', 'Copy Python Line'];
      assert.deepEqual(await offered(/^W1/), ['Inspect Tensors', ...run, ...copy]);
      assert.deepEqual(await offered(/^W2/), ['Inspect Tensors', run[1], ...copy]);
      assert.deepEqual(await offered(/^b1/), ['Inspect Tensors', ...copy]);
      await closeEditors();
    });

    it('copies the line of Python that loads an array, and says so', async () => {
      await row(/^W1/).click({ button: 'right' });
      await chooseFromMenu(window.page, 'Copy Python Line');
      await window.page.locator('.statusbar-item', { hasText: /^Copied pickle\.load/ }).waitFor();
      await eventuallyMatch(window.clipboard, /^pickle\.load\(open\('params\.pkl', 'rb'\)\)\['W1'\]/);
    });

    it('goes on with what is left to choose when a layer is run with an array', async () => {
      const { page, quickPick } = window;
      await row(/^W1/).click({ button: 'right' });
      await chooseFromMenu(page, 'Run Conv Layer with This as W');
      await page.getByPlaceholder('Input x for W1 (30, 1, 5, 5)').waitFor();
      await quickPick.dismiss();
    });

    it('keeps open what is open when files come, change and go', async () => {
      const copy = join(window.folder, 'copy.npz');
      cpSync(join(window.folder, 'rgb_edges.npz'), copy);
      await expand(row(/^copy\.npz/));
      const ofCopy = row(/\(4, 3, 3, 3\)/);
      await ofCopy.waitFor();
      cpSync(join(window.folder, 'params.pkl'), copy);
      await ofCopy.waitFor({ state: 'detached' });
      await eventuallyEqual(() => row(/^W1/).count(), 2, 'its arrays are listed anew');
      rmSync(copy);
      await row(/^copy\.npz/).waitFor({ state: 'detached' });
    });
  });

  it('says in the place of the arrays why a file cannot be read', async () => {
    writeFileSync(join(window.folder, 'broken.npy'), 'no numbers');
    const broken = row(/^broken\.npy(?!:)/);
    await expand(broken);
    await row(/broken\.npy: npy: /).waitFor();
    rmSync(join(window.folder, 'broken.npy'));
    await broken.waitFor({ state: 'detached' });
  });

  it('welcomes a workspace without such files', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    const names = readdirSync(window.folder);
    for (const name of names) renameSync(join(window.folder, name), join(elsewhere, name));
    await sidebar.getByRole('button', { name: 'Open Sample Workspace' }).waitFor();
    await window.screenshot('sidebar-welcome');
    await sidebar.getByRole('button', { name: 'Run Conv Layer' }).click();
    await window.quickPick.waitForTitle('Run Conv Layer');
    await window.quickPick.dismiss();
    for (const name of names) renameSync(join(elsewhere, name), join(window.folder, name));
    rmSync(elsewhere, { recursive: true });
    await row(/^params\.pkl/).waitFor();
  });

  it('lists by folder where there are several, and networks too', async () => {
    const folder = join(window.folder, 'models');
    cpSync(join(window.folder, 'filters.npz'), join(folder, 'filters.npz'));
    // Again until it is seen: VS Code begins to watch a new folder some time after it was made.
    await eventually(async () => {
      writeFileSync(join(folder, 'lenet.cnn.json'), '{}');
      await row(/^lenet\.cnn\.json/).waitFor({ timeout: 2000 });
    });
    await row(/^lenet\.cnn\.json/).click();
    await window.page.getByRole('tab', { name: 'lenet.cnn.json' }).waitFor();
    assert.ok((await labels()).includes('models'));
    await window.setTheme('light');
    await window.screenshot('sidebar-folders-light');
    await window.setTheme('dark');
    rmSync(folder, { recursive: true });
    await row(/^models/).waitFor({ state: 'detached' });
  });
});
