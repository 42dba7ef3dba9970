import type { Page } from 'playwright-core';

/**
 * Chooses from the open menu of VS Code by the keyboard: for a moment after it has opened, such a menu takes a click for
 * the end of the one that opened it.
 */
export async function chooseFromMenu(page: Page, item: string): Promise<void> {
  await page.locator('.context-view').getByRole('menuitem', { name: item, exact: true }).hover();
  await page.locator('.context-view .action-item.focused', { hasText: item }).waitFor();
  await page.keyboard.press('Enter');
}
