import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository, samples } from '../../host/paths.mjs';
import { median } from '../statistics.mjs';
import { runs } from '../workspace.mjs';

const REPEATS = 7;

/**
 * From the command to the painted panel, for a batch of 100: what takes how long, one part after another.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureParts({ run }) {
  /** @type {number[][]} */
  const moments = [];
  for (let i = 0; i < REPEATS; i++) {
    const { panel, start, ran } = await run(runs.batch);
    const { framed, loaded, answered, painted } = await panel.evaluate(momentsOfPage);
    moments.push([start, ran, framed, loaded, answered, painted]);
  }
  /** @param {number} index */
  const part = index => median(moments.map(times => times[index] - times[index - 1]));
  /** @param {string} what @param {number} value */
  const row = (what, value) => ({ what, value, unit: 'ms', wanted: '' });
  return [
    {
      ...row('batch of 100: command to painted panel', median(moments.map(times => times[5] - times[0]))),
      wanted: '≤ 1000',
    },
    row('  files read, layer run, in the worker', part(1)),
    row('    of that reading, as timed in this process', await timeReading()),
    row("  VS Code opens the panel's frame", part(2)),
    row('  the script of the page loads', part(3)),
    row('  it renders, asks and has its first answer', part(4)),
    row('  the other answers, painting', part(5)),
  ];
}

/** In the page: when what happened, in milliseconds since 1970. */
function momentsOfPage() {
  const { timeOrigin } = performance;
  const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
  const loaded = Math.max(...scripts.map(({ startTime, duration }) => startTime + duration));
  const { answered, changed } = window.recording;
  return {
    framed: timeOrigin,
    loaded: timeOrigin + loaded,
    answered: timeOrigin + answered,
    painted: timeOrigin + changed,
  };
}

/** Milliseconds that the engine alone takes to read the same arrays. */
async function timeReading() {
  /** @type {typeof import('../../../engine')} */
  const { openTensorFile } = await import(pathToFileURL(join(repository, 'dist/engine.mjs')).href);
  /** @param {{ file: string, name: string }} array */
  const read = async ({ file, name }) => {
    const { tensors } = await openTensorFile(readFileSync(join(samples, file)), file);
    const entry = tensors.find(tensor => tensor.name === name);
    if (!entry) throw new Error(`${file} has no ${name}`);
    return entry.read();
  };
  const { weights, input } = runs.batch;
  const times = [];
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    await Promise.all([weights, { ...weights, name: 'b1' }, input].map(read));
    times.push(performance.now() - start);
  }
  return median(times);
}
