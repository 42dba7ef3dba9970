import { closeEditors, sharedWindow } from './window';

describe('debugging a network', () => {
  after(async () => {
    const { execute, page } = await sharedWindow();
    execute('workbench.action.debug.stop');
    await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
    await closeEditors();
  });

  it('begins with F5 as soon as the window knows the language, though its extensions have not started', async () => {
    const { page } = await sharedWindow();
    await closeEditors();
    await page.reload();
    await page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: 'simple_convnet.cnn.json' })
      .dblclick();
    await page.locator('.statusbar-item', { hasText: 'CNN Network' }).waitFor();
    await page.keyboard.press('F5');
    await page.locator('.debug-toolbar').waitFor({ timeout: 45_000 });
  }).timeout(90_000);
});
