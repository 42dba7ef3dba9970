import type { Page } from 'playwright-core';
import { eventually } from './eventually';

/** VS Code's quick pick or input box, as a user works it with the keyboard. */
export interface QuickPick {
  /** Opens the command palette and waits until the command with this full title is the first choice. */
  openPalette(title: string): Promise<void>;
  /** The text in the box. */
  typed(): Promise<string>;
  /** Replaces the text typed. */
  type(text: string): Promise<void>;
  /** Takes the choice that has the focus (Enter). */
  accept(): Promise<void>;
  /** Waits until a choice that holds this text has the focus, and takes it. */
  acceptFocused(text: string): Promise<void>;
  /** Waits for a choice whose label (or its description) starts so, and takes it. */
  pick(label: string): Promise<void>;
  /** The choices in view as a screen reader tells them: label, description, detail. */
  items(): Promise<string[]>;
  /** Waits for a choice that tells a screen reader this. */
  waitForChoice(text: RegExp): Promise<void>;
  /** The title above the text box. */
  title(): Promise<string>;
  /** Waits for a title above the text box that holds this text. */
  waitForTitle(text: string): Promise<void>;
  /** What stands below an input box: its prompt, or why the value does not do. */
  message(): Promise<string>;
  back(): Promise<void>;
  dismiss(): Promise<void>;
}

export function createQuickPick(page: Page): QuickPick {
  const widget = page.locator('.quick-input-widget:visible');
  const input = widget.locator('.quick-input-filter input');
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  const title = widget.locator('.quick-input-title');

  return {
    openPalette: async command => {
      const wanted = rows.first().filter({ hasText: command });
      // The commands of an extension appear once VS Code has found it, and an open palette does not learn of them.
      for (let attempt = 1; ; attempt++) {
        await page.keyboard.press('F1');
        await input.fill(`>${command}`);
        const found = await wanted.waitFor({ timeout: 1000 }).then(
          () => true,
          () => false,
        );
        if (found) return;
        if (attempt === 20)
          throw new Error(
            `No command '${command}' in the palette: ${(await rows.allInnerTexts()).join(', ')}`,
          );
        await page.keyboard.press('Escape');
      }
    },
    typed: () => input.inputValue(),
    type: text => input.fill(text),
    accept: () => page.keyboard.press('Enter'),
    acceptFocused: async text => {
      await widget.locator('.monaco-list-row.focused', { hasText: text }).waitFor();
      await page.keyboard.press('Enter');
    },
    pick: async label => {
      const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      await rows
        .filter({ hasText: new RegExp(`^\\s*${escaped}`) })
        .first()
        .click();
    },
    items: () => rows.evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? '')),
    waitForChoice: text => widget.getByRole('option', { name: text }).first().waitFor(),
    title: () => title.innerText(),
    waitForTitle: text => title.filter({ hasText: text }).waitFor(),
    message: () => widget.locator('.quick-input-message').innerText(),
    back: () => widget.locator('.quick-input-titlebar .codicon-quick-input-back').click(),
    dismiss: () =>
      eventually(async () => {
        if ((await widget.count()) === 0) return;
        // A box that has been answered closes by itself, maybe between this look and the key.
        await input.press('Escape', { timeout: 1000 });
        await widget.waitFor({ state: 'detached', timeout: 1000 });
      }),
  };
}
