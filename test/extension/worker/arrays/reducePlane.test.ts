import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tensor, tensorSource, useValueLoops, virtualSource } from '../../../../engine';
import { createValueLoops } from '../../../../engine/kernels';
import { reducePlane } from '../../../../extension/worker/arrays/reducePlane';
import { fromWire, type PlaneBlocks, type ReducedPlane } from '../../../../webview/protocol';
import { extensionPath } from '../../support';

const { signal } = new AbortController();

function numbersOf({ extremes, mean }: ReducedPlane): number[][] {
  assert.ok(extremes);
  return [extremes.min, extremes.max, mean].map(wire => Array.from(fromWire(wire).numbers()));
}

/** The same, cell by cell. */
function expected(valueAt: (row: number, column: number) => number, plane: PlaneBlocks): number[][] {
  const result: number[][] = [[], [], []];
  const [[row0, rows], [column0, columns]] = [plane.rows, plane.columns];
  for (let top = 0; top < rows; top += plane.block) {
    for (let left = 0; left < columns; left += plane.block) {
      const values: number[] = [];
      for (let row = top; row < Math.min(rows, top + plane.block); row++) {
        for (let column = left; column < Math.min(columns, left + plane.block); column++) {
          values.push(valueAt(row0 + row, column0 + column));
        }
      }
      result[0].push(Math.min(...values));
      result[1].push(Math.max(...values));
      result[2].push(values.reduce((sum, value) => sum + value, 0) / values.length);
    }
  }
  return result;
}

describe('reducePlane', () => {
  const x = Tensor.from(
    Float64Array.from({ length: 3 * 7 * 11 }, (_, i) => (i * 37) % 101),
    [7, 3, 11],
    'float64',
  );
  for (const block of [1, 2, 3, 20]) {
    it(`reduces blocks of ${block}, the last of a row smaller, with the axes either way round`, async () => {
      const common = { array: 'x', index: [0, 2, 0], block, extremes: true };
      const upright = { ...common, rowAxis: 0, columnAxis: 2, rows: [1, 6], columns: [2, 9] } as const;
      const turned = { ...common, rowAxis: 2, columnAxis: 0, rows: [2, 9], columns: [1, 6] } as const;
      const source = tensorSource('x', x);
      const plain = await reducePlane(source, upright, signal);
      assert.equal(plain.sampled, undefined);
      assert.deepEqual(
        numbersOf(plain),
        expected((row, column) => x.at(row, 2, column), upright),
      );
      assert.deepEqual(
        numbersOf(await reducePlane(source, turned, signal)),
        expected((row, column) => x.at(column, 2, row), turned),
      );
    });
  }

  it('is NaN where a block holds a NaN, and shows infinities', async () => {
    const values = Float64Array.of(NaN, 1, 2, Infinity, 3, 4, -Infinity, Infinity);
    const source = tensorSource('x', Tensor.wrap(values, [1, 8], 'float64'));
    const plane = { array: 'x', index: [0, 0], rowAxis: 0, columnAxis: 1, block: 2, extremes: true } as const;
    const reduced = await reducePlane(source, { ...plane, rows: [0, 1], columns: [0, 8] }, signal);
    assert.deepEqual(numbersOf(reduced), [
      [NaN, 2, 3, -Infinity],
      [NaN, Infinity, 4, Infinity],
      [NaN, Infinity, 3.5, NaN],
    ]);
  });

  it('looks at some rows of a large plane, and says of how many', async () => {
    let cells = 0;
    const zeros = virtualSource('x', 'float32', [2 ** 15, 2 ** 15], () => 0);
    const source = {
      ...zeros,
      read: async (region: Parameters<typeof zeros.read>[0]) => {
        const counts = region.map(({ count }) => count);
        cells += counts[0] * counts[1];
        const rows = Float32Array.from(
          { length: counts[0] * counts[1] },
          (_, i) => region[0].start + Math.floor(i / counts[1]) * region[0].step,
        );
        return Promise.resolve(Tensor.wrap(rows, counts, 'float32'));
      },
    };
    const plane = {
      array: 'x',
      index: [0, 0],
      rowAxis: 0,
      columnAxis: 1,
      block: 100,
      extremes: true,
    } as const;
    const reduced = await reducePlane(
      source,
      { ...plane, rows: [0, 2 ** 15], columns: [0, 2 ** 15] },
      signal,
    );
    assert.equal(reduced.sampled, 400); // each row that is read stands for four rows of blocks
    assert.ok(cells * 4 <= 12 * 2 ** 20, `${cells} cells read`);
    const [min, max] = numbersOf(reduced);
    assert.equal(min.length, 328 * 328);
    min.forEach((value, i) => assert.equal(value, 400 * Math.floor(i / (4 * 328))));
    assert.deepEqual(max, min);

    const part = await reducePlane(
      source,
      { ...plane, block: 1024, rows: [2048, 2500], columns: [5, 9] },
      signal,
    );
    assert.equal(part.sampled, 512);
    assert.deepEqual(numbersOf(part), [
      [2048, 3072, 4096],
      [2560, 3584, 4096],
      [2304, 3328, 4096],
    ]);
  });

  describe('with faster loops', () => {
    const loops = new WebAssembly.Module(readFileSync(join(extensionPath, 'dist/kernels/values.wasm')));
    afterEach(() => useValueLoops(undefined));

    for (const [rows, columns] of [
      [7, 11],
      [40, 1001],
      [9, 9001], // more columns than the loops take at a time
      [2, 9001],
    ]) {
      for (const block of [1, 3, 8, 20, 9000]) {
        it(`finds the same: ${rows}×${columns}, blocks of ${block}`, async () => {
          // Whole numbers, whose sums do not depend on their order.
          const values = Float32Array.from({ length: rows * columns }, (_, i) => ((i * 37) % 1009) - 500);
          values[rows] = NaN;
          values[columns] = Infinity;
          values[columns + 2] = -Infinity;
          const source = tensorSource('x', Tensor.wrap(values, [rows, columns], 'float32'));
          const whole: PlaneBlocks = {
            array: 'x',
            index: [0, 0],
            rowAxis: 0,
            columnAxis: 1,
            block,
            extremes: true,
            rows: [0, rows],
            columns: [0, columns],
          };
          const expected = numbersOf(await reducePlane(source, whole, signal));
          useValueLoops(createValueLoops(loops));
          assert.deepEqual(numbersOf(await reducePlane(source, whole, signal)), expected);
        });
      }
    }
  });
});
