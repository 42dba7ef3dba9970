import assert from 'node:assert/strict';
import { closeEditors, onlySamples, sharedWindow, shownPanel } from './window';
import type { Workbench } from './workbench';

const COMMAND = 'CNN: Run Conv Layer';

describe('Run Conv Layer from the palette', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await sharedWindow();
    await closeEditors();
    await onlySamples();
  });
  afterEach(closeEditors);

  /** Up to the question how the filters move: the trained filters on sample 4 of the digits. */
  async function chooseDigit(): Promise<void> {
    const { quickPick } = workbench;
    await workbench.runFromPalette(COMMAND);
    await quickPick.pick('W1');
    await quickPick.waitForTitle('(2/');
    await quickPick.pick('x');
    await quickPick.waitForTitle('(3/');
    await quickPick.pick('sample 4');
    await quickPick.waitForTitle('(4/6)');
  }

  it('offers filters with their shapes and biases first, and inputs with reasons why they do not fit', async () => {
    const { quickPick } = workbench;
    await workbench.runFromPalette(COMMAND);
    await quickPick.waitForTitle('(1/');
    await workbench.page.getByText('filters: 30 of 1 × 5 × 5').waitFor();
    const weights = await quickPick.items();
    assert.ok(
      weights.some(item => /W1.*params\.pkl[\s\S]*\(30, 1, 5, 5\) float32[\s\S]*b1 \(30,\)/.test(item)),
    );
    await quickPick.type('rgb_edges');
    await quickPick.accept();
    await quickPick.waitForTitle('(2/');
    await quickPick.type('digit4');
    await workbench.page.getByText('it has 1 channel, W takes 3: x (1,1,28,28), W (4,3,3,3)').waitFor();
    await quickPick.accept();
    assert.match(await quickPick.title(), /2\//, 'what does not fit cannot be chosen');
  });

  it('shows the formula while one types, and refuses what cannot work with the reason', async () => {
    const { quickPick, page } = workbench;
    await chooseDigit();
    await page.getByText('OH = (28 + 2·0 − 5)/1 + 1 = 24').waitFor();
    await quickPick.pick('stride 1 …');
    await quickPick.waitForTitle('stride: a number');
    await quickPick.type('0');
    await page.getByText('stride is 0, it must be a whole number of at least 1').waitFor();
    await quickPick.accept();
    await quickPick.type('2');
    await page.getByText('OH = ⌊(28 + 2·0 − 5)/2⌋ + 1 = 12').waitFor();
    await quickPick.accept();
    await page.getByText('stride 2 · pad 0 · dilation 1 · groups 1').waitFor();
  });

  it('goes back, and remembers the answers', async () => {
    const { quickPick } = workbench;
    await chooseDigit();
    await quickPick.back();
    await quickPick.waitForTitle('(3/');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: 'sample 4' })
      .waitFor();
    await quickPick.back();
    await quickPick.waitForTitle('(2/');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: 'digits.npz' })
      .waitFor();
  });

  it('opens the panel after Enter on all that is left', async () => {
    const { quickPick } = workbench;
    await chooseDigit();
    await quickPick.accept();
    await quickPick.waitForTitle('(5/6)');
    await quickPick.pick('max 2 stride 2');
    await quickPick.waitForTitle('(6/6)');
    await quickPick.acceptFocused('ones');
    const panel = await shownPanel();
    assert.match(await panel.heading(), /W1 \(30, 1, 5, 5\)/);
    assert.match(await panel.frame.locator('header').first().innerText(), /digits\.npz \[4\]/);
    const shapes = (await panel.steps()).map(step => step.slice(step.indexOf('(')));
    assert.deepEqual(shapes.slice(0, 2), ['(576, 25)', '(25, 30)']);
    assert.ok(shapes.includes('(1, 30, 12, 12)'));
  });
});
