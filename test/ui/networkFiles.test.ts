import type { Locator } from 'playwright-core';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import { closeEditors, sharedWindow } from './window';
import type { Workbench } from './workbench';

/** Text in the editor comes with non-breaking spaces. */
const plain = async (locator: Locator): Promise<string> =>
  (await locator.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');

describe('files of networks in the editor', () => {
  let window: Workbench;
  let lines: Locator;
  before(async () => {
    window = await sharedWindow();
    lines = window.page.locator('.monaco-editor .view-line');
  });
  afterEach(closeEditors);
  after(() => window.setTheme('dark'));

  /** Opens a sample and waits until its shapes stand in it. */
  const open = async (name: string, shape: string): Promise<void> => {
    await closeEditors();
    window.execute('workbench.action.quickOpen', name);
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
    await eventually(() => lines.filter({ hasText: shape }).first().waitFor({ timeout: 5000 }), {
      timeout: 30_000,
    });
  };
  /** Puts the cursor on the first text of that kind in the editor. */
  const goTo = async (text: string): Promise<void> => {
    await lines.locator('span span').filter({ hasText: text }).first().click();
  };

  it('show the shape behind each layer, and what can be done with the network above it', async () => {
    await open('simple_convnet.cnn.json', '→ (N,30,24,24)');
    await eventuallyMatch(
      () => plain(window.page.locator('.codelens-decoration')),
      /Run\s.*\sDebug\s.*\sDebug Backward\s.*\s433,890 parameters · 865,000 multiply-adds/,
    );
    await window.screenshot('network-file');
    await goTo('"conv"');
    window.execute('editor.action.showHover');
    const hover = window.page.locator('.monaco-hover:visible');
    await eventuallyMatch(() => plain(hover), /\(28 \+ 2·0 − 5\)\/1 \+ 1 = 24/);
    await window.screenshot('network-file-hover');
    await window.setTheme('light');
    await window.screenshot('network-file-hover-light');
    await window.setTheme('dark');
  });

  it('tell what does not fit, and mend it by the first quick fix', async () => {
    await open('wrong_flatten_size.cnn.json', '→ (N,15870)');
    window.execute('workbench.actions.view.problems');
    const told = window.page.locator('.markers-panel .monaco-list-row');
    await eventuallyMatch(() => plain(told), /affine: W has 4320 rows, x has 15870/);
    await goTo('"W2"');
    window.execute('editor.action.quickFix');
    const fixes = window.page.locator('.action-widget .monaco-list-row.action');
    await eventuallyMatch(() => plain(fixes), /stride of pool1 to 2 → \(N,100\)/i);
    await window.screenshot('network-file-fixes');
    await window.setTheme('light');
    await window.screenshot('network-file-fixes-light');
    await window.setTheme('dark');
    await fixes.filter({ hasText: 'Set stride of pool1 to 2' }).first().click();
    await eventuallyEqual(() => told.count(), 0);
    await lines.filter({ hasText: '→ (N,4320)' }).first().waitFor();
    window.execute('workbench.action.files.revert');
    window.execute('workbench.action.closePanel');
  });
});
