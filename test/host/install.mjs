// Installs what is missing on a machine that has only Node and npm. Imports nothing but Node, since it runs first.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { repository } from './paths.mjs';

const hostFolder = join(repository, '.host');
const serverPackage = join(repository, 'test/host/server');
const serverFolder = join(hostFolder, 'node_modules/code-server/lib/vscode');

/** The extension's own packages, as package-lock.json has them. */
export function installPackages() {
  if (isInstalled(join(repository, 'package-lock.json'), repository)) return;
  announce('Installing packages');
  npm(['ci'], repository);
}

/** The packages that the lock file in a folder has. Their scripts are not run. @param {string} folder @param {string} what */
export function installFolder(folder, what) {
  if (isInstalled(join(folder, 'package-lock.json'), folder)) return;
  announce(`Installing ${what}`);
  npm(['ci', '--ignore-scripts'], folder);
}

/**
 * The VS Code server and the Node it runs on (about 800 MB on disk).
 * @returns {{ folder: string, node: string }} where the server is, and its Node executable
 */
export function installServer() {
  if (!isInstalled(join(serverPackage, 'package-lock.json'), hostFolder)) {
    announce('Installing the VS Code server');
    mkdirSync(hostFolder, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      cpSync(join(serverPackage, file), join(hostFolder, file));
    npm(['ci', '--ignore-scripts'], hostFolder);
  }
  if (!isInstalled(join(serverFolder, 'npm-shrinkwrap.json'), serverFolder, ['optional', 'dev'])) {
    announce('Installing the packages of the VS Code server');
    // As VS Code itself installs them; peers that its list leaves out would be missed otherwise.
    npm(['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps'], serverFolder);
  }
  const platform = `${process.platform}-${process.arch}`;
  const node = [`node-${platform}`, `node-bin-${platform}`]
    .map(name => join(hostFolder, 'node_modules', name, 'bin/node'))
    .find(existsSync);
  if (!node) {
    throw new Error(
      `The VS Code server needs Linux or macOS (this is ${platform}): set VSCODE_PATH to a desktop VS Code instead.`,
    );
  }
  return { folder: serverFolder, node };
}

/** A Chromium-like browser for headless use. @returns {string} its executable */
export function installChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath(['apt-get'])) {
    announce('Installing Chromium and fonts');
    const apt = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];
    run('apt-get', [...apt, 'update']);
    run('apt-get', [
      ...apt,
      'install',
      '-y',
      '--no-install-recommends',
      'chromium',
      'fonts-dejavu-core',
      'fonts-droid-fallback',
    ]);
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'No Chromium found: install Chromium or Chrome, or set CHROMIUM_PATH to its executable (on Debian, as root, it is installed for you).',
  );
}

function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    app => `/Applications/${app}.app/Contents/MacOS/${app}`,
  );
  return process.env.CHROMIUM_PATH ?? onPath(names) ?? macApps.find(existsSync);
}

/** The first of these commands that is on the PATH. @param {string[]} names */
export function onPath(names) {
  return everyOnPath(names).at(0);
}

/** These commands wherever they are on the PATH. @param {string[]} names */
export function everyOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap(name => folders.map(folder => join(folder, name))).filter(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * True when every package that the lock file asks for stands, in that version, in the folder's node_modules
 * (npm notes there what it put in place, as its last act).
 * @param {string} lockFile
 * @param {string} folder
 * @param {('optional' | 'dev')[]} mayMiss kinds of packages that need not be there; the optional ones are for other platforms
 */
function isInstalled(lockFile, folder, mayMiss = ['optional']) {
  const note = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(lockFile) || !existsSync(note)) return false;
  const present = new Map(readLock(note));
  return readLock(lockFile).every(
    ([path, wanted]) =>
      path === '' || mayMiss.some(kind => wanted[kind]) || present.get(path)?.version === wanted.version,
  );
}

/** @param {string} file @returns {[path: string, { version: string, optional?: boolean, dev?: boolean }][]} */
function readLock(file) {
  return Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages);
}

/** @param {string[]} args @param {string} cwd */
function npm(args, cwd) {
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund'];
  run('npm', [...args, ...quiet], cwd);
}

/** @param {string} command @param {string[]} args @param {string} [cwd] */
function run(command, args, cwd) {
  execFileSync(command, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

/** @param {string} what */
function announce(what) {
  console.log(`${what} (once) …`);
}
