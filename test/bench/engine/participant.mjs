// A process that computes what the bench asks for: ours, or a peer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { atExit } from '../../host/cleanup.mjs';
import { readArrays } from './operands.mjs';

/**
 * @typedef {object} Participant
 * @property {string} name
 * @property {(layer: import('./layers.mjs').Layer, direction: import('./layers.mjs').Direction, folder: string) =>
 *   Promise<boolean>} prepare with the operands in that folder; false if the participant has no such layer
 * @property {(milliseconds: number) => Promise<number[]>} time runs for about that long; milliseconds of every run
 * @property {(folder: string) => Promise<import('./operands.mjs').Arrays>} answer what the runs have computed
 * @property {() => Promise<void>} end
 */
/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} program
 * @property {string[]} args
 */

/**
 * @param {Command} command the number of threads is added as the last argument
 * @param {number} threads
 * @returns {Participant}
 */
export function startParticipant({ name, program, args }, threads) {
  const count = String(threads);
  const child = spawn(program, [...args, count], {
    env: { ...process.env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count },
  });
  const stop = atExit(() => child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined); // a process that has ended is noticed when its lines do
  let said = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (/** @type {string} */ text) => (said = (said + text).slice(-4000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  /** @param {string} action @param {object} [request] @returns {Promise<any>} */
  const ask = async (action, request) => {
    child.stdin.write(`${JSON.stringify({ action, ...request })}\n`);
    const { done, value } = await lines.next();
    if (done) throw new Error(`${name} with ${count} threads ended at '${action}':\n${said}`);
    const reply = JSON.parse(value);
    if (reply.error) throw new Error(`${name} with ${count} threads, at '${action}':\n${reply.error}`);
    return reply;
  };
  return {
    name,
    prepare: async (layer, direction, folder) =>
      !(await ask('prepare', { layer, direction, folder })).unsupported,
    time: async milliseconds => (await ask('time', { milliseconds })).times,
    answer: async folder => readArrays(folder, (await ask('answer', { folder })).names),
    async end() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
      stop();
    },
  };
}
