import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../host/paths.mjs';
import { closeEditors, sharedWindow } from './window';
import type { Workbench } from './workbench';

const fixtures = join(repository, 'test/fixtures/formats');

describe('files that cannot be read, in the pick', () => {
  let window: Workbench;
  before(async () => {
    window = await sharedWindow();
    await closeEditors();
    const place = (name: string) => join(window.folder, name);
    cpSync(join(fixtures, 'pickle/hostile/os-system-protocol2.pkl'), place('hostile.pkl'));
    writeFileSync(place('truncated.npy'), readFileSync(place('digit4.npy')).subarray(0, 1000));
    writeFileSync(place('garbage.npz'), 'no zip at all');
    writeFileSync(place('empty.npy'), '');
    cpSync(place('digit4.npy'), place('doomed.npy'));
  });
  after(() => {
    for (const name of ['hostile.pkl', 'truncated.npy', 'garbage.npz', 'empty.npy', 'doomed.npy'])
      rmSync(join(window.folder, name));
  });

  for (const { file, reason } of [
    { file: 'hostile.pkl', reason: /os\.system/ },
    { file: 'truncated.npy', reason: /truncated\.npy: .*\d+ bytes/ },
    { file: 'garbage.npz', reason: /garbage\.npz: / },
    { file: 'empty.npy', reason: /empty\.npy: .*empty/ },
  ]) {
    it(`lists ${file} with the reason, and does not let it be chosen`, async () => {
      const { quickPick, runFromPalette } = window;
      await runFromPalette('CNN: Run Conv Layer');
      await quickPick.waitForTitle('(1/');
      await quickPick.type(file);
      await quickPick.waitForChoice(reason);
      await quickPick.acceptFocused(file);
      await quickPick.waitForTitle('Not possible: ');
      assert.match(await quickPick.title(), reason, 'the reason is in view');
      await quickPick.waitForTitle('(1/');
      await quickPick.dismiss();
    });
  }

  it('offers to choose again where a run with all choices made cannot work any more', async () => {
    const { page, quickPick, runFromPalette } = window;
    await runFromPalette('CNN: Run Conv Layer');
    await quickPick.pick('W1');
    await quickPick.waitForTitle('(2/');
    await quickPick.pick('doomed.npy');
    await quickPick.acceptFocused('stride 1 · pad 0');
    await quickPick.acceptFocused('no pooling');
    writeFileSync(join(window.folder, 'doomed.npy'), 'overwritten');
    await quickPick.acceptFocused('ones');
    window.execute('notifications.showList'); // a window under test shows no toasts
    await page.getByRole('dialog', { name: /doomed\.npy: npy: this is a text file/ }).waitFor();
    await page.getByRole('button', { name: 'Choose Again' }).click();
    await quickPick.waitForTitle('(1/');
    await quickPick.dismiss();
  });
});
