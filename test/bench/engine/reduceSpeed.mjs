// node reduceSpeed.mjs PATIENCE: prints the milliseconds in which a large plane becomes the picture of a screen.
import { loadParts } from './built.mjs';
import { takeTurns } from './turns.mjs';
import { timeRuns } from './timeRuns.mjs';

const SIDE = 4096;
const BLOCK = 8;

const patience = JSON.parse(process.argv[2]);
const { loadValueLoops, reducePlane, Tensor, tensorSource } = await loadParts();
await loadValueLoops();

const numbers = Float32Array.from({ length: SIDE ** 2 }, (_, i) => Math.sin(i));
const source = tensorSource('plane', Tensor.wrap(numbers, [SIDE, SIDE], 'float32'));
/** @type {readonly [number, number]} */
const all = [0, SIDE];
const plane = {
  ...{ array: 'plane', index: [0, 0], rowAxis: 0, columnAxis: 1 },
  ...{ rows: all, columns: all, block: BLOCK, extremes: true },
};
const { signal } = new AbortController();
const reduce = () => reducePlane(source, plane, signal);
const [took] = await takeTurns([{ time: ms => timeRuns(reduce, ms) }], patience);
console.log(JSON.stringify({ took, from: SIDE, to: SIDE / BLOCK }));
