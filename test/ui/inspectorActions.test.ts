import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openTensorFile } from '../../engine';
import { eventuallyEqual, eventuallyMatch } from './eventually';
import { openInspector, type Inspector } from './inspector';
import { reloadWindow } from './reloadWindow';
import { closeEditors, sharedWindow, shownPanel } from './window';
import type { Workbench } from './workbench';

describe('what can be done with an array', () => {
  let window: Workbench;
  let inspector: Inspector;
  before(async () => {
    window = await sharedWindow();
  });
  beforeEach(async () => {
    inspector = await openInspector('params.pkl', 'W1');
    await inspector.row('W1').waitFor();
  });
  after(closeEditors);

  const openListMenu = (array: string) => inspector.row(array).click({ button: 'right' });
  const openViewMenu = (array: string) =>
    inspector.view.getByRole('button', { name: `More for ${array}`, exact: true }).click();
  const choose = (item: string) => inspector.frame.getByRole('menuitem', { name: item }).click();
  const slice = async (text: string) => {
    const box = inspector.view.getByRole('textbox', { name: /^Slice of/ });
    await box.fill(text);
    await box.press('Enter');
  };

  it('Run Conv Layer takes it as W from the list, and goes on to the run', async () => {
    const { page, quickPick } = window;
    await openListMenu('W1');
    await choose('Run Conv Layer with it as W…');
    await page.getByPlaceholder('Input x for W1 (30, 1, 5, 5)').waitFor();
    await quickPick.type('digit4');
    await quickPick.acceptFocused('digit4');
    await takeDefaults();
    assert.match(await (await shownPanel()).heading(), /W1 \(30, 1, 5, 5\)/);
  }).timeout(90_000);

  it('Run Conv Layer takes it as x from the view', async () => {
    const { page, quickPick } = window;
    inspector = await openInspector('digit4.npy');
    await openViewMenu('digit4');
    await choose('Run Conv Layer with it as x…');
    await page.getByPlaceholder(/^Weights W/).waitFor();
    await quickPick.type('W1');
    await quickPick.acceptFocused('W1');
    await takeDefaults();
    assert.match(await (await shownPanel()).heading(), /W1 \(30, 1, 5, 5\)/);
  }).timeout(90_000);

  it('is offered only what fits: no layer for a vector, and the whole array for that of a slice', async () => {
    await openListMenu('b1');
    await inspector.frame.getByRole('menuitem', { name: 'Save as .npy' }).waitFor();
    assert.equal(await inspector.frame.getByRole('menuitem', { name: /Run Conv Layer/ }).count(), 0);
    await inspector.frame.locator(':focus').press('Escape');
    await slice('3, 0');
    await openViewMenu('W1');
    await inspector.frame.getByRole('menuitem', { name: 'Run Conv Layer with all of it as W…' }).waitFor();
    assert.equal(await inspector.frame.getByRole('menuitem', { name: /Run Conv Layer with it/ }).count(), 0);
    await inspector.frame.locator(':focus').press('Escape');
  });

  it('the Python line carries the slice, and says what it is', async () => {
    await openListMenu('W1');
    await choose('Copy the Python line that loads it');
    await inspector.frame.getByText('Copied the Python line that loads W1').waitFor();
    await eventuallyMatch(window.clipboard, /^pickle\.load\(open\('params\.pkl', 'rb'\)\)\['W1'\] {2}#/);
    await slice('3, 0, ::2');
    await openViewMenu('W1');
    await choose('Copy the Python line that loads it');
    await eventuallyMatch(window.clipboard, /\['W1'\]\[3, 0, ::2\] {2}#/);
  });

  it('takes the plane that is on show, and names it; the whole array where that is chosen', async () => {
    await inspector.view.getByRole('tab', { name: 'Heat map' }).click();
    await openViewMenu('W1');
    await inspector.frame.getByRole('menu', { name: 'W1[0, 0]', exact: true }).waitFor();
    await inspector.frame.getByRole('menuitem', { name: 'Save as 8-bit PNG' }).waitFor();
    await choose('Copy the Python line that loads it');
    await eventuallyMatch(window.clipboard, /\['W1'\]\[0, 0\] {2}#/);
    await inspector.view.getByRole('combobox', { name: 'Statistics and saving of' }).click();
    await inspector.view.getByRole('option', { name: 'whole array' }).click();
    await openViewMenu('W1');
    await choose('Copy the Python line that loads it');
    await eventuallyMatch(window.clipboard, /\['W1'\] {2}#/);
  });

  const formats = [
    ['.npy', 'npy'],
    ['.npz', 'npz'],
    ['.csv', 'csv'],
    ['.safetensors', 'safetensors'],
    ['8-bit PNG', 'png'],
    ['16-bit PNG', 'png'],
  ] as const;
  for (const [title, extension] of formats) {
    it(`is saved as ${title} from the view, the slice alone`, async () => {
      await slice('3, 0');
      await openViewMenu('W1');
      assert.deepEqual((await save(`Save as ${title}`, `view.${extension}`)).slice(-2), [5, 5]);
    });
  }

  it('is saved whole from the list', async () => {
    await openListMenu('W1');
    assert.deepEqual(await save('Save as .npz', 'list.npz'), [30, 1, 5, 5]);
  });

  /** Takes the present answer of every question that is left, until the panel is there. */
  async function takeDefaults(): Promise<void> {
    const { page } = window;
    const panel = page.getByRole('tab', { name: /^Conv · / });
    for (let question = 0; question < 10 && (await panel.count()) === 0; question++) {
      const title = await window.quickPick.title().catch(() => '');
      await page.keyboard.press('Enter');
      await Promise.race([
        panel.waitFor({ timeout: 10_000 }).catch(() => undefined),
        page
          .locator('.quick-input-title')
          .filter({ hasNotText: title })
          .waitFor({ timeout: 10_000 })
          .catch(() => undefined),
      ]);
    }
    await panel.waitFor();
  }

  /** Chooses from the menu and types a place; resolves with the shape of what was saved. */
  async function save(item: string, file: string): Promise<readonly number[]> {
    const path = join(window.folder, file);
    await choose(item);
    await eventuallyMatch(window.quickPick.typed, /W1[\w]*\.\w+$/);
    await window.quickPick.type(path);
    await window.quickPick.accept();
    await inspector.frame.getByText(`Saved ${path}`).waitFor();
    const { tensors } = await openTensorFile(readFileSync(path), file);
    rmSync(path);
    return tensors[0].shape;
  }
});

describe('the editor after a reload of the window', () => {
  it('has its array, its slice and its filter', async () => {
    const inspector = await openInspector('params.pkl', 'W1');
    await inspector.filter.fill('W');
    const box = inspector.view.getByRole('textbox', { name: /^Slice of/ });
    await box.fill('3, 0');
    await box.press('Enter');
    await inspector.view.getByText('→ (5, 5)').waitFor();
    await reloadWindow('"selected":"W1"');
    const { frame } = await shownPanel();
    await frame.getByText('→ (5, 5)').waitFor();
    await eventuallyEqual(() => frame.getByRole('searchbox', { name: /^Filter/ }).inputValue(), 'W');
    await eventuallyEqual(
      () => frame.getByRole('treegrid', { name: 'Arrays' }).locator('.tree-label').allInnerTexts(),
      ['W1', 'W2', 'W3'],
    );
    await closeEditors();
  }).timeout(60_000);
});
