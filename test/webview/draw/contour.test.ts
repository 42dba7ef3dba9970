import assert from 'node:assert/strict';
import { contour, contourWithin, type Segment } from '../../../webview/draw/contour';

const text = ({ x0, y0, x1, y1 }: Segment): string => `${x0},${y0}-${x1},${y1}`;

describe('draw/contour', () => {
  it('outlines a rectangle with four pieces', () => {
    const inside = (row: number, column: number): boolean => row >= 1 && row < 3 && column >= 2 && column < 5;
    assert.deepEqual(contour(4, 6, inside).map(text).sort(), ['2,1-2,3', '2,1-5,1', '2,3-5,3', '5,1-5,3']);
  });

  it('outlines holes and cells at the edge', () => {
    const ring = contour(3, 3, (row, column) => row !== 1 || column !== 1);
    assert.equal(ring.length, 8);
    assert.deepEqual(contour(1, 1, () => true).length, 4);
    assert.deepEqual(
      contour(2, 2, () => false),
      [],
    );
  });

  it('keeps the pieces of cells that touch at a corner apart', () => {
    const diagonal = contour(2, 2, (row, column) => row === column);
    assert.equal(diagonal.length, 8);
  });

  it('finds the one linked row among far more cells than it may ask', () => {
    let asked = 0;
    const part = { rows: { start: 1000, end: 3000 }, columns: { start: 0, end: 500 } };
    const has = (row: number): boolean => {
      asked++;
      return row === 2047;
    };
    const outline = contourWithin(part, has, { row: 2047, column: 0 }, 10_000);
    assert.ok(asked <= 11_000, `${asked} asked`);
    assert.ok(outline.some(({ y0, y1 }) => y0 === 2047 && y1 === 2047));
  });

  it('gives cells of the plane, not of the part', () => {
    const part = { rows: { start: 10, end: 12 }, columns: { start: 20, end: 22 } };
    const outline = contourWithin(part, (row, column) => row === 11 && column === 20, { row: 0, column: 0 });
    assert.deepEqual(outline.map(text).sort(), ['20,11-20,12', '20,11-21,11', '20,12-21,12', '21,11-21,12']);
  });
});
