// The VS Code server: started on a free loopback port with a profile of its own, gone without a trace afterwards.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { atExit } from './cleanup.mjs';
import { installServer } from './install.mjs';

/** Themes by the short names of the command line. */
export const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  hc: 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};
/** @typedef {keyof typeof themes} Theme */

/** Nothing in view but the product. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
};

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {(theme: Theme) => void} setTheme also while it runs
 * @property {() => void} stop ends it with all it started and removes its profile
 */

/**
 * @param {{ theme?: Theme }} [options]
 * @returns {Promise<Server>}
 */
export async function startServer({ theme = 'dark' } = {}) {
  const { folder, node } = installServer();
  const profile = mkdtempSync(join(tmpdir(), 'vscode-server-'));
  const settingsFolder = join(profile, 'data/Machine');
  mkdirSync(settingsFolder, { recursive: true });
  /** @param {Theme} name */
  const setTheme = name => {
    const settings = { ...quietSettings, 'workbench.colorTheme': themes[name] };
    writeFileSync(join(settingsFolder, 'settings.json'), JSON.stringify(settings));
  };
  setTheme(theme);

  const server = spawn(
    node,
    [
      'out/server-main.js',
      ...[
        '--host',
        '127.0.0.1',
        '--port',
        '0',
        '--without-connection-token',
        '--accept-server-license-terms',
      ],
      ...['--server-data-dir', profile, '--telemetry-level', 'off', '--disable-workspace-trust'],
      '--enable-smoke-test-driver', // lets the page load an extension from its folder
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], detached: true },
  );
  const stop = atExit(() => {
    if (server.pid) killGroup(server.pid);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return { url: `http://127.0.0.1:${await listeningPort(server)}`, setTheme, stop };
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} server */
async function listeningPort(server) {
  const lines = createInterface({ input: server.stdout });
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`The VS Code server ended with code ${code}.`);
  });
  const listening = (async () => {
    for await (const line of lines) {
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port) return port;
    }
    return ended;
  })();
  return Promise.race([listening, ended]);
}

/** The server leads a process group, so this ends its extension hosts too. @param {number} leader */
function killGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * The address of a workbench.
 * @param {Server} server
 * @param {{ folder: string, extensions?: string[], tests?: string }} open absolute paths: the workspace, extensions
 *   under development, and a test entry to run in their host
 */
export function workbenchUrl(server, { folder, extensions = [], tests }) {
  const { host, origin } = new URL(server.url);
  /** @param {string} path */
  const remote = path => `vscode-remote://${host}${path}`;
  const payload = extensions.map(path => ['extensionDevelopmentPath', remote(path)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `${origin}/?${query.toString()}`;
}
