import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from './eventually';
import { sharedWindow } from './window';

/** Reloads the window once VS Code has written what its pages keep. @param state a part of that */
export async function reloadWindow(state: string): Promise<void> {
  const { page, runFromPalette } = await sharedWindow();
  // A page that ends cannot wait until its state is written, so VS Code writes it when the user looks elsewhere.
  await loseFocus(page);
  await eventually(async () => assert.ok(await isStored(page, state)));
  await runFromPalette('Developer: Reload Window');
  await page.locator('iframe.webview').waitFor({ state: 'detached' });
}

/** Tells the page that the user looks elsewhere; to the automated browser every page always has the focus. */
function loseFocus(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.hasFocus = () => false;
    window.dispatchEvent(new Event('blur'));
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

/** Whether VS Code keeps a text in the browser, layers of quoting aside. */
function isStored(page: Page, text: string): Promise<boolean> {
  return page.evaluate(async wanted => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    let found = false;
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const kept = await done(database.transaction(store).objectStore(store).getAll());
        found ||= JSON.stringify(kept).replaceAll('\\', '').includes(wanted);
      }
      database.close();
    }
    return found;
  }, text);
}
