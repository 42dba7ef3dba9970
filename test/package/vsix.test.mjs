// The .vsix as a user gets it: what is inside, and that VS Code installs and runs it without the source folder.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openAsBlob, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

  /** What is inside, with sizes in bytes. @type {Map<string, number>} */
  const files = new Map();
  before(async () => {
    const entries = await new ZipReader(new BlobReader(await openAsBlob(vsix))).getEntries();
    for (const { filename, uncompressedSize } of entries) files.set(filename, uncompressedSize);
  });
  /** @param {string} name */
  const sizeOf = name => {
    const size = files.get(`extension/${name}`);
    assert.ok(size !== undefined, `${name} is missing`);
    return size;
  };

  it('holds the bundles, the samples and the licences', () => {
    for (const name of ['package.json', 'LICENSE.txt', 'dist/extension.js', 'dist/network.schema.json'])
      sizeOf(name);
    sizeOf('dist/THIRD_PARTY_NOTICES.txt');
    const made = readdirSync('dist', { recursive: true, encoding: 'utf8' });
    for (const name of made.filter(file => /Page\.(js|css)$|^(later|worker|kernels)\//.test(file)))
      sizeOf(`dist/${name}`);
    for (const entry of readdirSync(samples, { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        sizeOf(`extension/samples/${relative(samples, join(entry.parentPath, entry.name))}`);
    }
  });

  it('holds neither sources, tests nor packages', () => {
    const unwanted =
      /node_modules|\.tsx?$|\.map$|(?<!^extension\/dist\/worker\/[^/]*)\.mjs$|\.py$|^extension\/(test|engine|webview)\//;
    assert.deepEqual(
      [...files.keys()].filter(name => unwanted.test(name)),
      [],
    );
  });

  it('is small: 500 KB for the host, 800 KB for the panel', () => {
    assert.ok(sizeOf('dist/extension.js') + sizeOf('dist/worker/engineWorker.mjs') <= 500_000);
    assert.ok(sizeOf('dist/layerPage.js') <= 800_000);
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
