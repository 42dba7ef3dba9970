import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { openTensorFile } from '../../engine';
import { eventuallyEqual, eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openSmallLayer } from './smallLayer';
import { sharedWindow } from './window';
import type { Workbench } from './workbench';

describe('saving and copying', () => {
  let window: Workbench;
  let panel: Panel;
  before(async () => {
    window = await sharedWindow();
    panel = await openSmallLayer();
  });

  /** Chooses from the menu of `out` and types a place; resolves with the path of the file. */
  async function save(item: string, file: string): Promise<string> {
    const path = join(window.folder, file);
    await panel.chooseFromMenu('out', item);
    await eventuallyMatch(window.quickPick.typed, /out\.(npy|png)$/); // the dialog proposes a place
    await window.quickPick.type(path);
    await window.quickPick.accept();
    await panel.frame.getByText(`Saved ${path}`).waitFor();
    return path;
  }

  it('writes the numbers as .npy', async () => {
    const path = await save('Save as .npy', 'saved.npy');
    const { tensors } = await openTensorFile(readFileSync(path), 'saved.npy');
    assert.equal(tensors.length, 1);
    const saved = await tensors[0].read();
    assert.equal(saved.dtype, 'float32');
    assert.deepEqual(saved.shape, [1, 1, 3, 3]);
    assert.deepEqual([...saved.numbers()], [13, 17, 21, 29, 33, 37, 45, 49, 53]);
  });

  it('writes the picture as PNG, in more than one colour', async () => {
    const path = await save('Save as PNG', 'saved.png');
    const { width, height, data } = decode(readFileSync(path));
    assert.ok(width >= 3 && height >= 3);
    assert.ok(new Set(data).size > 2);
  });

  it('writes nothing when the dialog is dismissed', async () => {
    await panel.chooseFromMenu('out', 'Save as .npy');
    await eventuallyMatch(window.quickPick.typed, /out\.npy$/);
    await window.quickPick.type(join(window.folder, 'never.npy'));
    await window.quickPick.dismiss();
    assert.ok(!existsSync(join(window.folder, 'never.npy')));
  });

  it('copies the numbers as NumPy prints them', async () => {
    await panel.chooseFromMenu('out', 'Copy as NumPy text');
    await panel.frame.getByText('Copied out').waitFor();
    await eventuallyEqual(
      () => window.clipboard(),
      'array([[[[13., 17., 21.],\n         [29., 33., 37.],\n         [45., 49., 53.]]]], dtype=float32)',
    );
  });
});
