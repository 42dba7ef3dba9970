// The bench's side of the connection to the extension host (the other side: probe/probe.cjs).
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * @typedef {object} Probe
 * @property {(extension: string) => Promise<number>} activate milliseconds
 * @property {(command: string, args: unknown[]) => Promise<{ began: number, ended: number }>} execute resolves when the
 *   command is done to when it began and when that was, in milliseconds since 1970
 * @property {() => Promise<number>} openEmptyPanel milliseconds
 * @property {() => Promise<number>} memory bytes of the extension host
 * @property {() => Promise<number>} settledMemory the same once what can go is gone
 * @property {() => Promise<number>} bytesRead by the extension host so far
 * @property {() => Promise<void>} watchEventLoop
 * @property {() => Promise<number>} longestBlock milliseconds, since `watchEventLoop`
 * @property {() => void} close
 */

/**
 * Leaves word in the workspace of where to connect. Call it before VS Code opens the workspace.
 * @param {string} workspace
 * @returns {Promise<{ connected: Promise<Probe> }>}
 */
export async function awaitProbe(workspace) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  writeFileSync(join(workspace, '.bench.json'), JSON.stringify({ port }));
  return {
    connected: once(server, 'connection').then(([socket]) => {
      server.close();
      return createProbe(socket);
    }),
  };
}

/** @param {import('node:net').Socket} socket @returns {Probe} */
function createProbe(socket) {
  /** @type {Map<number, { resolve(result: any): void, reject(error: Error): void }>} */
  const waiting = new Map();
  let nextId = 0;
  createInterface({ input: socket }).on('line', line => {
    const { id, result, error } = JSON.parse(line);
    if (error) waiting.get(id)?.reject(new Error(error));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  /** @param {string} action @param {object} [params] @returns {Promise<any>} */
  const request = (action, params = {}) =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      socket.write(`${JSON.stringify({ id, action, params })}\n`);
    });
  return {
    activate: extension => request('activate', { extension }),
    execute: (command, args) => request('execute', { command, args }),
    openEmptyPanel: () => request('openEmptyPanel'),
    memory: () => request('memory'),
    settledMemory: () => request('settledMemory'),
    bytesRead: () => request('bytesRead'),
    watchEventLoop: () => request('watchEventLoop'),
    longestBlock: () => request('longestBlock'),
    close: () => socket.destroy(),
  };
}
