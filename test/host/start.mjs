// npm start: VS Code with the extension, the samples, and Run Conv Layer's panel open with a result.
// npm start -- --screenshot FILE [--theme light|dark|hc|hc-light] [--size 1432x900]: the same headless, to a picture.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { atExit } from './cleanup.mjs';
import { createDriver } from './driver.mjs';
import { installPackages, onPath } from './install.mjs';
import { repository, samples } from './paths.mjs';
import { createProfile, isTheme } from './profile.mjs';
import { sampleRun } from './sampleRun.mjs';
import { startServer, workbenchUrl } from './server.mjs';

process.on('uncaughtException', error => {
  console.error(error.message); // for a user: what to do, not where it was thrown
  process.exit(1);
});

const { values: options } = parseArgs({
  options: {
    screenshot: { type: 'string' },
    theme: { type: 'string', default: 'dark' },
    size: { type: 'string', default: '1432x900' },
  },
});
const { screenshot, theme } = options;
const [width, height] = options.size.split('x').map(Number);
if (!isTheme(theme)) throw new Error(`--theme ${theme}: take light, dark, hc or hc-light`);
if (!(width && height)) throw new Error(`--size ${options.size}: WIDTHxHEIGHT in pixels, such as 1432x900`);

installPackages();
const built = build(); // while VS Code starts

const driver = createDriver(repository);
driver.execute(...sampleRun);

const desktop = process.env.VSCODE_PATH ?? onPath(['code']);
if (screenshot) await takePicture(screenshot, theme);
else if (desktop) await openDesktop(desktop, theme);
else await openServer(theme);

/** @typedef {import('./profile.mjs').Theme} Theme */

async function build() {
  const bundler = spawn(process.execPath, ['esbuild.mjs'], { cwd: repository, stdio: 'inherit' });
  const [code] = await once(bundler, 'exit');
  if (code !== 0) process.exit(1); // it has said why
}

/** @param {string} code the executable @param {Theme} theme */
async function openDesktop(code, theme) {
  await built;
  const profile = createProfile('desktop', theme);
  const waiting = spawn(
    code,
    [
      ...['--new-window', '--wait', '--disable-workspace-trust'],
      ...['--user-data-dir', profile.folder, '--extensions-dir', join(profile.folder, 'extensions')],
      `--extensionDevelopmentPath=${driver.extensions}`,
      samples,
    ],
    { stdio: 'ignore', shell: process.platform === 'win32' },
  );
  atExit(() => {
    const lock = join(profile.folder, 'code.lock'); // VS Code keeps its process id here
    if (existsSync(lock)) process.kill(Number(readFileSync(lock, 'utf8')));
  });
  waiting.on('exit', code => process.exit(code ?? 0));
  console.log('VS Code opens with the sample workspace and the panel. Ctrl-C here closes it.');
}

/** @param {Theme} theme */
async function openServer(theme) {
  const [server] = await Promise.all([startServer({ theme }), built]);
  const url = workbenchUrl(server, { folder: samples, extension: driver.extensions });
  console.log(
    `VS Code runs, with the sample workspace and the panel, at\n\n  ${url}\n\nCtrl-C here stops it.`,
  );
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const hasDisplay = process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (hasDisplay && onPath([opener])) spawn(opener, [url], { stdio: 'ignore' });
}

/** @param {string} file @param {Theme} theme */
async function takePicture(file, theme) {
  const [{ launchBrowser }, { readyPanel }] = await Promise.all([
    import('./browser.mjs'),
    import('./panel.mjs'),
  ]);
  const [server, browser] = await Promise.all([startServer({ theme }), launchBrowser(), built]);
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(workbenchUrl(server, { folder: samples, extension: driver.extensions }));
  await readyPanel(page, { timeout: 60_000 });
  await page.screenshot({ path: file });
  console.log(`The panel's picture is in ${file}.`);
  process.exit();
}
