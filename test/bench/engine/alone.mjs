// What is wanted of the engine by itself.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../../host/cleanup.mjs';
import { repository } from '../../host/paths.mjs';
import { median } from '../statistics.mjs';
import { digit, largest } from './layers.mjs';
import { makeOperands, writeArrays } from './operands.mjs';
import { startParticipant } from './participant.mjs';
import { ours } from './peers.mjs';
import { print } from './print.mjs';
import { takeTurns } from './turns.mjs';

/** @typedef {import('../report.mjs').Row} Row */
/** @typedef {import('./turns.mjs').Patience} Patience */

const STARTS = 5;

/** @param {Patience} patience @returns {Promise<Row[]>} */
export async function measureAlone(patience) {
  return [
    firstRun(),
    await twoThreads(patience),
    ...products(patience),
    ...im2col(patience),
    reduction(patience),
    ...cancelling(patience),
    wasmSize(),
  ];
}

/** @returns {Row} */
function firstRun() {
  /** @type {{ took: number, set: string }[]} */
  const runs = Array.from({ length: STARTS }, () => print('firstRun'));
  return {
    what: 'engine loaded, compiled, first layer run',
    value: median(runs.map(({ took }) => took)),
    unit: 'ms',
    wanted: '≤ 60',
    note: `${runs[0].set}, ${digit.name}; median of ${STARTS}`,
  };
}

/** The largest layer on two threads and on one. @param {Patience} patience @returns {Promise<Row>} */
async function twoThreads(patience) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-threads-'));
  const remove = atExit(() => rmSync(folder, { recursive: true, force: true }));
  writeArrays(folder, makeOperands(largest));
  const engines = [1, 2].map(threads => startParticipant(ours(), threads));
  await Promise.all(engines.map(engine => engine.prepare(largest, 'forward', folder)));
  const [one, two] = await takeTurns(engines, patience);
  await Promise.all(engines.map(engine => engine.end()));
  remove();
  const note = `${largest.name}: ${one.toFixed(1)} and ${two.toFixed(1)} ms`;
  return { what: 'two threads, of the speed of one', value: one / two, unit: '×', wanted: '≥ 1.8', note };
}

/** @param {Patience} patience @returns {Row[]} */
function products({ turns }) {
  /** @type {{ size: number, speed: number, peak: number }[]} */
  const answers = print('gemmSpeed', String(turns));
  return answers.map(({ size, speed, peak }) => ({
    what: `product m = n = k = ${size}, of the microkernel's own speed`,
    value: (100 * speed) / peak,
    unit: '%',
    wanted: '≥ 80',
    note: `${speed.toFixed(1)} and ${peak.toFixed(1)} GFLOP/s`,
  }));
}

/** @param {Patience} patience @returns {Row[]} */
function im2col(patience) {
  /** @type {{ layer: string, took: number, copying: number, megabytes: number }[]} */
  const answers = print('im2colSpeed', JSON.stringify(patience));
  return answers.map(({ layer, took, copying, megabytes }) => ({
    what: `im2col of ${layer}, of the time of a copy`,
    value: took / copying,
    unit: '×',
    wanted: '≤ 2',
    note: `${megabytes.toFixed(1)} MB: ${took.toFixed(1)} and ${copying.toFixed(1)} ms`,
  }));
}

/** A plane of a file's array, which is read too. @param {Patience} patience @returns {Row} */
function reduction(patience) {
  /** @type {{ took: number, from: number, to: number }} */
  const { took, from, to } = print('reduceSpeed', JSON.stringify(patience));
  return {
    what: `tiles of ${from}×${from}, to ${to}×${to}`,
    value: took,
    unit: 'ms',
    wanted: '≤ 10',
    note: 'mean, least and greatest value of each block, with the read',
  };
}

/** @param {Patience} patience @returns {Row[]} */
function cancelling({ turns }) {
  /** @type {{ layer: string, answers: { threads: number, took: number }[] }} */
  const { layer, answers } = print('cancelSpeed', String(turns));
  return answers.map(({ threads, took }) => ({
    what: `cancelled until it ends, ${threads} thread${threads > 1 ? 's' : ''}`,
    value: took,
    unit: 'ms',
    wanted: '≤ 20',
    note: `${layer}, exact sums; median of ${turns}`,
  }));
}

/** Of the largest module; a window loads one. @returns {Row} */
function wasmSize() {
  const folder = join(repository, 'dist/kernels');
  const sizes = readdirSync(folder).map(name => statSync(join(folder, name)).size);
  return {
    what: 'WebAssembly of the kernels',
    value: Math.max(...sizes) / 1000,
    unit: 'kB',
    wanted: '≤ 100',
  };
}
