import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from './eventually';
import { sharedWindow } from './window';

/** Reloads the window once VS Code has written what its pages keep. @param state a part of that */
export async function reloadWindow(state: string): Promise<void> {
  const { page, runFromPalette } = await sharedWindow();
  try {
    await eventually(async () => {
      // A page that ends cannot wait until its state is written, so VS Code writes what it has when the user looks
      // elsewhere; what a panel tells a moment later is not in it.
      await setFocus(page, true);
      await setFocus(page, false);
      assert.ok(await isStored(page, state), `${state} is not stored`);
    });
  } catch (error) {
    await setFocus(page, true);
    throw error;
  }
  await runFromPalette('Developer: Reload Window');
  await page.locator('iframe.webview').waitFor({ state: 'detached' });
}

/** Tells the page whether the user looks at it; to the automated browser every page always has the focus. */
function setFocus(page: Page, focused: boolean): Promise<void> {
  return page.evaluate(hasFocus => {
    document.hasFocus = () => hasFocus;
    window.dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'));
    document.dispatchEvent(new Event('visibilitychange'));
  }, focused);
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
