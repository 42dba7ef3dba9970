import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openSmallLayer } from './smallLayer';

/** A point of a picture that lies beside its labels, on a cell. */
const inside = { position: { x: 120, y: 60 } };

describe('the link between the pictures', () => {
  let panel: Panel;
  before(async () => {
    panel = await openSmallLayer();
  });

  /** The numbers of the linked cells of an array that is shown as a table. */
  const linkedNumbers = async (array: string): Promise<number[]> =>
    (await panel.card(array).locator('[role=gridcell].is-linked').allInnerTexts()).map(Number);

  it('follows the keyboard cursor: the window in x, the row of col, the arithmetic', async () => {
    await panel.toggleTable('x');
    await panel.picture('out').press('ArrowRight'); // from the middle, where the selection begins
    await eventuallyMatch(panel.explanation, /out\[0, 0, 1, 2\] = col\[5, :\]/);
    assert.match(await panel.readout('out'), /\[0, 0, 1, 2\]/);
    assert.match(await panel.readout('out'), /n0 · f0 · oh1 · ow2/);
    assert.match(await panel.readout('out'), /37\.0/);
    await eventuallyEqual(() => linkedNumbers('x'), [6, 7, 10, 11]);
    await panel.picture('out').press('ArrowUp');
    await eventuallyMatch(panel.explanation, /out\[0, 0, 0, 2\] = col\[2, :\]/);
    await eventuallyEqual(() => linkedNumbers('x'), [2, 3, 6, 7]);
    await panel.toggleTable('x');
  });

  it('outlines the linked cells on the pictures', async () => {
    await panel.picture('out').press('Control+Home');
    await eventuallyMatch(panel.explanation, /out\[0, 0, 0, 0\]/);
    await panel.painted();
    const before = await drawingOn(overlay(panel.picture('x')));
    await panel.picture('out').press('ArrowDown');
    await eventuallyMatch(panel.explanation, /out\[0, 0, 1, 0\]/);
    await eventually(async () => assert.notEqual(await drawingOn(overlay(panel.picture('x'))), before));
  });

  it('goes the other way, too: from a cell of x to the outputs that saw it', async () => {
    await panel.toggleTable('out');
    await panel.picture('x').press('Control+Home');
    await eventuallyMatch(panel.explanation, /x\[0, 0, 0, 0\] = 0\.0 +as given/);
    await eventuallyEqual(() => linkedNumbers('out'), [13]);
    await panel.picture('x').press('ArrowDown');
    await panel.picture('x').press('ArrowRight');
    await eventuallyEqual(() => linkedNumbers('out'), [13, 17, 29, 33]);
    await panel.toggleTable('out');
  });

  it('pins a cell with a click, holds it while the pointer wanders, and lets go with Escape', async () => {
    const pointAt = async (array: string, action: 'click' | 'hover'): Promise<string> => {
      await panel.picture(array)[action](inside);
      return cellUnderPointer(array);
    };
    const pinned = await pointAt('x', 'click');
    const cellSection = panel.region('Where the selected cell came from');
    await cellSection.getByRole('button', { name: 'Unpin' }).waitFor();
    await eventually(async () => assert.ok((await panel.explanation()).startsWith(pinned)));
    await pointAt('col', 'hover');
    assert.ok((await panel.explanation()).startsWith(pinned), 'the selection stays');
    await panel.frame.locator('body').press('Escape');
    await cellSection.getByText('Click a cell to pin it.').waitFor();
    await pointAt('x', 'hover');
    const followed = await pointAt('col', 'hover');
    await eventually(async () => assert.ok((await panel.explanation()).startsWith(followed)));
  });

  it('lets a term of the arithmetic be chosen, and lists all terms', async () => {
    await panel.picture('out').press('Control+Home');
    await eventuallyMatch(panel.explanation, /^out\[0, 0, 0, 0\]/);
    const explanation = panel.region('Where the selected cell came from');
    await explanation.getByRole('button', { name: 'All 4 terms' }).click();
    const rows = explanation.getByRole('region', { name: 'Terms' }).locator('tbody tr');
    await eventuallyEqual(
      async () => (await rows.allInnerTexts()).map(row => row.replace(/\s+/g, ' ').trim()),
      [
        '0 x[0, 0, 0, 0] 0.0 W[0, 0, 0, 0] 1.0 0.0',
        '1 x[0, 0, 0, 1] 1.0 W[0, 0, 0, 1] 1.0 1.0',
        '2 x[0, 0, 1, 0] 4.0 W[0, 0, 1, 0] 1.0 4.0',
        '3 x[0, 0, 1, 1] 5.0 W[0, 0, 1, 1] 1.0 5.0',
      ],
    );
    await explanation.getByRole('button', { name: 'x[0, 0, 1, 0]', exact: true }).click();
    await eventuallyMatch(panel.explanation, /^x\[0, 0, 1, 0\] = 4\.0/);
  });

  /** Name of the cell under the pointer, such as `x[0, 0, 1, 2]`, as the readout has it. */
  async function cellUnderPointer(array: string): Promise<string> {
    const index = /\[[\d, ]+\]/.exec(await panel.readout(array))?.[0];
    assert.ok(index, 'the pointer is on a cell');
    return array + index;
  }
});

/** The canvas above the values. */
function overlay(picture: Locator): Locator {
  return picture.locator('canvas').nth(1);
}

function drawingOn(canvas: Locator): Promise<string> {
  return canvas.evaluate(element => (element as HTMLCanvasElement).toDataURL());
}
