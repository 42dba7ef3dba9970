import type { ValueLoops } from '../../tensor';

/** Values that lie in the memory at a time: they and their copies stay in the caches of a processor. */
const MOST = 1 << 15;

/** Of `tally`: vectors of 16 bytes. */
const RESULT = 64;
const RESULT_VECTORS = 4;
/** Of `spread`. */
const COUNTS = 1024;
const HISTOGRAMS = 4;

const PAGE = 2 ** 16;
const VALUES = PAGE;

/** Of `reduceBlocks`. */
const MOST_COLUMNS = 1 << 13;
const COLUMN_BYTES = 16;
const BLOCK_NUMBERS = 3;
/** A vector behind the values may be read, and one of columns be written, beyond their ends. */
const COLUMNS = VALUES + MOST * 4 + 16;
const BLOCKS = COLUMNS + (MOST_COLUMNS + 4) * COLUMN_BYTES;
const END = BLOCKS + MOST_COLUMNS * BLOCK_NUMBERS * 8;

/** What `assembly/values.ts` exports. */
interface ValueKernels {
  tally(values: number, count: number, result: number): void;
  spread(
    values: number,
    count: number,
    mean: number,
    unit: number,
    low: number,
    binsPerUnit: number,
    bins: number,
    counts: number,
  ): number;
  reduceBlocks(
    values: number,
    rows: number,
    width: number,
    block: number,
    columns: number,
    result: number,
  ): void;
}

/** Loops over values in WebAssembly. @param module `values`, which needs SIMD */
export function createValueLoops(module: WebAssembly.Module): ValueLoops {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(END / PAGE), maximum: PAGE });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as WebAssembly.Exports & ValueKernels;
  const { buffer } = memory;
  const place = new Float32Array(buffer, VALUES, MOST);
  const lanes = new Float32Array(buffer, RESULT, 4 * RESULT_VECTORS);
  const counted = new Int32Array(buffer, RESULT, 4 * RESULT_VECTORS);
  const sums = new Float64Array(buffer, RESULT, 2 * RESULT_VECTORS);
  const most = (VALUES - COUNTS) / 4 / HISTOGRAMS;
  return {
    most: MOST,
    tally(values) {
      place.set(values);
      kernels.tally(VALUES, values.length, RESULT);
      return {
        min: Math.min(...lanes.subarray(0, 4)),
        max: Math.max(...lanes.subarray(4, 8)),
        zeros: counted.subarray(8, 12).reduce((sum, count) => sum + count),
        sum: sums[6] + sums[7],
      };
    },
    spread(values, mean, { unit, low, binsPerUnit }, counts) {
      if (counts.length > most) throw new RangeError(`at most ${most} bins`);
      place.set(values);
      const histograms = new Int32Array(buffer, COUNTS, HISTOGRAMS * counts.length).fill(0);
      const bins = counts.length - 1;
      const squares = kernels.spread(VALUES, values.length, mean, unit, low, binsPerUnit, bins, COUNTS);
      histograms.forEach((count, i) => (counts[i % counts.length] += count));
      return squares;
    },
    mostColumns: MOST_COLUMNS,
    blocks(values, { start, step, rows, width }, block) {
      if (step === width) place.set(values.subarray(start, start + rows * width));
      else {
        for (let row = 0; row < rows; row++)
          place.set(values.subarray(start + row * step, start + row * step + width), row * width);
      }
      kernels.reduceBlocks(VALUES, rows, width, block, COLUMNS, BLOCKS);
      return new Float64Array(buffer, BLOCKS, BLOCK_NUMBERS * Math.ceil(width / block));
    },
  };
}
