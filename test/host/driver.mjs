// A small second extension under development that runs commands for us, so that the product needs no code for it.
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { atExit } from './cleanup.mjs';
import { repository } from './paths.mjs';

/**
 * @typedef {object} Driver
 * @property {string} extensions the folder to give VS Code as the extension under development: it holds the
 *   products and the driver, since the server takes one such path only
 * @property {(command: string, ...args: unknown[]) => void} execute takes effect at once when VS Code runs, and at
 *   startup when it does not run yet; the arguments travel as JSON
 * @property {() => Promise<void>} started resolves once VS Code runs extensions, and so commands
 * @property {() => void} remove
 */

const START_MS = 60_000;

/** @param {string[]} products the extensions under development @returns {Driver} */
export function createDriver(...products) {
  const extensions = mkdtempSync(join(tmpdir(), 'vscode-driver-'));
  const folder = join(extensions, 'driver');
  cpSync(join(repository, 'test/host/driver'), folder, { recursive: true });
  for (const product of products) symlinkSync(product, join(extensions, basename(product)), 'junction');
  let id = 0;
  return {
    extensions,
    execute(command, ...args) {
      const draft = join(folder, 'command.json.new');
      writeFileSync(draft, JSON.stringify({ id: ++id, command, args }));
      renameSync(draft, join(folder, 'command.json')); // at once, so that it is never read half written
    },
    async started() {
      const end = Date.now() + START_MS;
      while (!existsSync(join(folder, 'started'))) {
        if (Date.now() > end) throw new Error('VS Code has not started its extensions within a minute.');
        await setTimeout(50);
      }
    },
    remove: atExit(() => rmSync(extensions, { recursive: true, force: true })),
  };
}
