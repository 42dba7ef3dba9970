// The .vsix as a user gets it: what is inside, and that VS Code installs and runs it without the source folder.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import { launchBrowser } from '../host/browser.mjs';
import { createDriver } from '../host/driver.mjs';
import { readyPanel } from '../host/panel.mjs';
import { samples } from '../host/paths.mjs';
import { sampleRun } from '../host/sampleRun.mjs';
import { startServer, workbenchUrl } from '../host/server.mjs';

describe('the .vsix', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vsix-'));
  const vsix = join(folder, 'extension.vsix');
  before(() => {
    execFileSync('npm', ['run', '--silent', 'package', '--', '--out', vsix], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });
  after(() => rmSync(folder, { recursive: true }));

  it('holds the bundles, the samples and the licences, and neither sources, tests nor packages', async () => {
    const entries = await new ZipReader(new BlobReader(await openAsBlob(vsix))).getEntries();
    const files = entries.map(({ filename }) => filename).filter(name => name.startsWith('extension/'));
    const wanted = [
      'dist/extension.js',
      'dist/engineWorker.js',
      'dist/webview.js',
      'dist/webview.css',
      'package.json',
    ];
    for (const name of [...wanted, 'LICENSE.txt', 'extension/samples/params.pkl']) {
      assert.ok(files.includes(`extension/${name}`), `${name} is missing`);
    }
    const unwanted = /node_modules|\.tsx?$|\.map$|\.mjs$|\.py$|^extension\/(test|engine|webview)\//;
    assert.deepEqual(
      files.filter(name => unwanted.test(name)),
      [],
    );
  });

  it('installs into VS Code and shows a run on the samples', async () => {
    const server = await startServer({ vsix });
    const browser = await launchBrowser();
    const driver = createDriver();
    driver.execute(...sampleRun);
    const page = await browser.newPage();
    await page.goto(workbenchUrl(server, { folder: samples, extension: driver.extensions }));
    const panel = await readyPanel(page, { timeout: 50_000 });
    assert.match(await panel.locator('body').innerText(), /\(1, 30, 24, 24\)/);
    await browser.close();
    driver.remove();
    server.stop();
  });
});
