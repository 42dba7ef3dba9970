// The one window that the suites share, since opening another takes as long as many a test.
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { samples } from '../host/paths.mjs';
import { eventuallyEqual } from './eventually';
import { createPanel, type Panel } from './panel';
import { openWorkbench, type Workbench } from './workbench';

let opened: Promise<Workbench> | undefined;

after(async () => {
  const window = await opened;
  await window?.close();
  assert.deepEqual(window?.errors ?? [], []);
});

/** VS Code on a copy of the samples. */
export function sharedWindow(): Promise<Workbench> {
  return (opened ??= openWorkbench());
}

/** Runs the layer in the shared window, where its panel is then the only editor. */
export async function openPanel(request: object): Promise<Panel> {
  await closeEditors();
  return addPanel(request);
}

/** Runs the layer, and waits for its panel in front of what is open already. */
export async function addPanel(request: object): Promise<Panel> {
  const window = await sharedWindow();
  const tabs = await editorTabs();
  window.execute('cnnInspector.runConvLayer', request);
  await eventuallyEqual(editorTabs, tabs + 1, 'the panel is open');
  return createPanel(await window.panel());
}

/** The panel in front. */
export async function shownPanel(): Promise<Panel> {
  return createPanel(await (await sharedWindow()).panel());
}

export async function closeEditors(): Promise<void> {
  const window = await sharedWindow();
  await window.quickPick.dismiss();
  window.execute('workbench.action.closeAllEditors');
  await eventuallyEqual(editorTabs, 0, 'all editors are closed');
}

/** Takes away what other suites have left beside the samples. */
export async function onlySamples(): Promise<void> {
  const { folder } = await sharedWindow();
  const kept = new Set(readdirSync(samples));
  for (const name of readdirSync(folder)) {
    if (!kept.has(name)) rmSync(join(folder, name), { recursive: true });
  }
}

async function editorTabs(): Promise<number> {
  const { page } = await sharedWindow();
  return page.locator('.tabs-container').getByRole('tab').count();
}
