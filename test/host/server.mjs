// The VS Code server, on a free loopback port.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { atExit } from './cleanup.mjs';
import { installServer } from './install.mjs';
import { createProfile } from './profile.mjs';

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {(theme: import('./profile.mjs').Theme) => void} setTheme also in windows that are open
 * @property {() => void} stop ends it with all it started and removes its profile
 */

/**
 * @param {{ theme?: import('./profile.mjs').Theme, vsix?: string }} [options] vsix: an extension to install first
 * @returns {Promise<Server>}
 */
export async function startServer({ theme = 'dark', vsix } = {}) {
  const { folder, node } = installServer();
  const profile = createProfile('server', theme);
  const inFolder = { cwd: folder, env: { ...process.env, TMPDIR: profile.folder } }; // its sockets stand there
  if (vsix) {
    const install = ['out/server-main.js', '--server-data-dir', profile.folder, '--install-extension', vsix];
    execFileSync(node, [...install, '--accept-server-license-terms'], { ...inFolder, stdio: 'ignore' });
  }
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
      ...['--server-data-dir', profile.folder, '--telemetry-level', 'off', '--disable-workspace-trust'],
      '--enable-smoke-test-driver', // lets the page load an extension from its folder
    ],
    { ...inFolder, stdio: ['ignore', 'pipe', 'ignore'], detached: true },
  );
  const stopServer = atExit(() => {
    if (server.pid) killGroup(server.pid);
  });
  const stop = () => {
    stopServer();
    profile.remove();
  };
  return { url: `http://127.0.0.1:${await listeningPort(server)}`, setTheme: profile.setTheme, stop };
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} server */
async function listeningPort(server) {
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`The VS Code server ended with code ${code}.`);
  });
  const listening = new Promise(resolve => {
    createInterface({ input: server.stdout }).on('line', line => {
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port) resolve(port);
    });
  });
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
 * @param {{ folder: string, extension?: string, tests?: string }} open absolute paths: the workspace, the extension
 *   under development (or a folder of several), and a test entry to run in their host
 */
export function workbenchUrl(server, { folder, extension, tests }) {
  const { host, origin } = new URL(server.url);
  const payload = Object.entries({ extensionDevelopmentPath: extension, extensionTestsPath: tests })
    .filter(([, path]) => path)
    .map(([key, path]) => [key, `vscode-remote://${host}${path}`]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `${origin}/?${query.toString()}`;
}
