// node gemmSpeed.mjs TURNS: prints, for square matrices, GFLOP/s of the product with A packed, and of the microkernel
// alone on panels that stay in the first cache.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../host/paths.mjs';
import { median } from '../statistics.mjs';
import { loadParts, peakFile } from './built.mjs';

const SIZES = [256, 512, 1024];
/** Of the microkernel alone: k of its panels, and how often it runs in a turn. */
const PEAK = { k: 256, times: 10_000 };
/** Milliseconds of each size in which the compiler settles. */
const WARM_UP_MS = 200;
/** More than a microkernel's panels or its tile need. */
const ROOM = 2 ** 16;

const turns = Number(process.argv[2]);
const { createArena, createSingleCrew, fastestSet, finish, inWorkspace, packA, product } = await loadParts();
const set = fastestSet();
const crew = createSingleCrew(moduleIn(join(repository, `dist/kernels/${set}.wasm`)));
const machine = { set, crew, arena: createArena(crew.memory) };

/** @param {string} file */
function moduleIn(file) {
  return new WebAssembly.Module(readFileSync(file));
}

/** @param {() => unknown} work @returns {number} milliseconds */
function time(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The microkernel alone. */
function createPeak() {
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 2 ** 16 });
  const { exports } = new WebAssembly.Instance(moduleIn(peakFile), { env: { memory } });
  const { run, tile } = /** @type {Record<string, (...args: number[]) => number>} */ (exports);
  return {
    run: () => run(ROOM, 2 * ROOM, PEAK.k, 3 * ROOM, PEAK.times),
    operations: 2 * tile() * PEAK.k * PEAK.times,
  };
}

const peak = createPeak();
const answers = SIZES.map(size =>
  finish(
    inWorkspace(machine, function* (workspace) {
      const place = (/** @type {number} */ value) =>
        workspace.place(new Float32Array(size * size).fill(value));
      const offsets = (/** @type {number} */ step) => Int32Array.from({ length: size }, (_, i) => i * step);
      const shape = { samples: 1, groups: 1, m: size, n: size, k: size };
      const [rows, columns] = [offsets(4 * size), offsets(4)];
      const operand = (/** @type {number} */ address) => ({ address, sampleStep: 0, groupStep: 0 });
      const panels = yield* packA(workspace, 'fast', shape, operand(place(1)), rows, columns);
      const b = { ...operand(place(2)), depths: workspace.place(rows), columns: workspace.place(columns) };
      const out = { ...operand(place(0)), rowStep: 4 * size };
      const multiply = () => finish(product(workspace, 'fast', shape, panels, b, out));
      for (let warm = 0; warm < WARM_UP_MS;) warm += time(multiply) + time(peak.run);
      const times = [];
      const peaks = [];
      for (let turn = 0; turn < turns; turn++) {
        times.push(time(multiply));
        peaks.push(time(peak.run));
      }
      const speed = (2 * size ** 3) / median(times) / 1e6;
      return { size, speed, peak: peak.operations / median(peaks) / 1e6 };
    }),
  ),
);
console.log(JSON.stringify(answers));
