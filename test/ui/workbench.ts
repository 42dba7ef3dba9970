// VS Code in Chromium with the extension loaded, for the UI tests.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { atExit } from '../host/cleanup.mjs';
import { createDriver } from '../host/driver.mjs';
import { readyPanel, webviewIn } from '../host/panel.mjs';
import { repository, samples } from '../host/paths.mjs';
import type { Theme } from '../host/profile.mjs';
import { startServer, workbenchUrl } from '../host/server.mjs';
import { createQuickPick, type QuickPick } from './quickPick';

export interface Workbench {
  readonly page: Page;
  /** The workspace: a copy of the samples, the test's own to change. */
  readonly folder: string;
  readonly quickPick: QuickPick;
  /** Runs a command by its id with arguments (they travel as JSON), as a key binding or a task would. */
  execute(command: string, ...args: unknown[]): void;
  /** Picks a command in the palette by its full title, such as `CNN: Run Conv Layer`. */
  runFromPalette(title: string): Promise<void>;
  /** The page inside the panel in view, once its result is painted. */
  panel(): Promise<Frame>;
  /** Resolves once the window and its panel show the theme. */
  setTheme(theme: Theme): Promise<void>;
  /** Back to the size it had at first, where none is given. */
  setSize(width?: number, height?: number): Promise<void>;
  /** The text on the clipboard. */
  clipboard(): Promise<string>;
  /** What the extension's own pages have thrown. */
  readonly errors: readonly string[];
  /** Keeps a picture when SCREENSHOTS names a folder. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** How a theme shows in the class of the workbench, and in the body of a webview. */
const themeMarks = {
  light: ['vs', 'vscode-light'],
  dark: ['vs-dark', 'vscode-dark'],
  hc: ['hc-black', 'vscode-high-contrast'],
  'hc-light': ['hc-light', 'vscode-high-contrast-light'],
} as const;

const SIZE = { width: 1432, height: 900 };

/** Starts a server and a browser, and opens a window on a copy of the samples. */
export async function openWorkbench(): Promise<Workbench> {
  const [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  const removeFolder = atExit(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(samples, folder, { recursive: true });
  const driver = createDriver(repository);
  const page = await browser.newPage({
    viewport: SIZE,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const errors: string[] = [];
  page.on('pageerror', ({ stack = '' }) => {
    if (/\/dist\/\w+Page\.js/.test(stack)) errors.push(stack);
  });
  await page.goto(workbenchUrl(server, { folder, extension: driver.extensions }));
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  await driver.started();
  const quickPick = createQuickPick(page);

  return {
    page,
    folder,
    quickPick,
    execute: driver.execute,
    runFromPalette: async title => {
      await quickPick.openPalette(title);
      await quickPick.accept();
    },
    panel: () => readyPanel(page),
    setTheme: async theme => {
      server.setTheme(theme);
      const [workbenchClass, kind] = themeMarks[theme];
      await page.locator(`.monaco-workbench.${workbenchClass}`).waitFor();
      if ((await page.locator('iframe.webview:visible').count()) > 0) {
        await webviewIn(page).locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
      }
    },
    setSize: (width = SIZE.width, height = SIZE.height) => page.setViewportSize({ width, height }),
    errors,
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    screenshot: async name => {
      const pictures = process.env.SCREENSHOTS;
      if (!pictures) return;
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    },
    close: async () => {
      await browser.close();
      server.stop();
      driver.remove();
      removeFolder();
    },
  };
}
