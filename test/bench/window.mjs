// A VS Code window on the bench's workspace, with the product as it is shipped and the probe beside it.
import { join } from 'node:path';
import { launchBrowser } from '../host/browser.mjs';
import { createDriver } from '../host/driver.mjs';
import { readyPanel } from '../host/panel.mjs';
import { repository } from '../host/paths.mjs';
import { startServer, workbenchUrl } from '../host/server.mjs';
import { awaitProbe } from './probe.mjs';
import { record } from './recorder.mjs';
import { createWorkspace } from './workspace.mjs';

/**
 * @typedef {object} BenchWindow
 * @property {import('playwright-core').Page} page
 * @property {import('./probe.mjs').Probe} probe
 * @property {string} folder of the workspace
 * @property {() => void} fill puts the workspace's files there: a file of arrays activates the extension
 * @property {() => Promise<void>} closePanels
 * @property {(request: object) => Promise<{ panel: import('playwright-core').Frame, start: number, ran: number }>} run
 *   runs the layer in a panel of its own, the only one then; `start` is when the command began, since 1970, `ran` when
 *   it was done: the layer has run, the panel is there and empty
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<BenchWindow>} */
export async function openWindow() {
  const workspace = createWorkspace();
  const { connected } = await awaitProbe(workspace.folder);
  const driver = createDriver(repository, join(repository, 'test/bench/probe'));
  const [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  const page = await browser.newPage({ viewport: { width: 1432, height: 900 } });
  await page.addInitScript(record);
  await page.goto(workbenchUrl(server, { folder: workspace.folder, extension: driver.extensions }));
  const probe = await connected;
  const closePanels = async () => {
    await probe.execute('workbench.action.closeAllEditors', []);
    await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  };
  return {
    page,
    probe,
    folder: workspace.folder,
    fill: workspace.fill,
    closePanels,
    async run(request) {
      await closePanels();
      const [{ began, ended }, panel] = await Promise.all([
        probe.execute('cnnInspector.runConvLayer', [request]),
        readyPanel(page, { timeout: 60_000 }),
      ]);
      return { panel, start: began, ran: ended };
    },
    async close() {
      probe.close();
      await browser.close();
      server.stop();
      driver.remove();
      workspace.remove();
    },
  };
}
