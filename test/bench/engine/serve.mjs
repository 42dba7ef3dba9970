// The side of a participant that is written in JavaScript: a line of JSON each way, the numbers in files.
// peers/serve.py is the same in Python.
import { createInterface } from 'node:readline';
import { operandShapes, readArrays, writeArrays } from './operands.mjs';
import { timeRuns } from './timeRuns.mjs';

/**
 * @typedef {object} Task
 * @property {import('./layers.mjs').Layer} layer
 * @property {import('./layers.mjs').Direction} direction
 * @property {number} threads
 * @property {import('./operands.mjs').Arrays} operands
 */
/**
 * @typedef {object} Prepared
 * @property {() => unknown} run what is timed; a promise is waited for
 * @property {() => import('./operands.mjs').Arrays | Promise<import('./operands.mjs').Arrays>} answer what `run` has
 *   computed: `out`; `dx`, `dW` and `db`; or the gradients and the `losses` of a training
 * @property {() => unknown} [dispose]
 */
/** Said by a participant that has no such layer. */
export class Unsupported extends Error {}

/**
 * Answers the bench until it ends.
 * @param {(task: Task) => Prepared | Promise<Prepared>} prepare @throws Unsupported
 */
export async function serve(prepare) {
  console.log = console.error; // what libraries say must not stand between the answers
  const threads = Number(process.argv.at(-1));
  /** @type {Prepared | undefined} */
  let current;
  const prepared = () => {
    if (!current) throw new Error('nothing is prepared');
    return current;
  };
  /** @type {Record<string, (request: any) => Promise<object>>} */
  const actions = {
    async prepare({ layer, direction, folder }) {
      await current?.dispose?.();
      current = undefined;
      const operands = readArrays(folder, Object.keys(operandShapes(layer)));
      current = await prepare({ layer, direction, threads, operands });
      return {};
    },
    time: async ({ milliseconds }) => ({ times: await timeRuns(prepared().run, milliseconds) }),
    async answer({ folder }) {
      const arrays = await prepared().answer();
      writeArrays(folder, arrays);
      return { names: Object.keys(arrays) };
    },
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { action, ...request } = JSON.parse(line);
    const reply = await actions[action](request).catch(failure);
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
  process.exit(0); // worker threads of a library would keep the process
}

/** @param {unknown} error */
function failure(error) {
  if (error instanceof Unsupported) return { unsupported: error.message };
  return { error: error instanceof Error ? error.stack : String(error) };
}
