import assert from 'node:assert/strict';
import { layOutMaps } from '../../../webview/draw/mapLayout';
import { movedInMap, movedOverMaps, nearestInMap } from '../../../webview/views/pictures/mapCursor';

const key = (key: string): KeyboardEvent => ({ key, ctrlKey: false }) as KeyboardEvent;

/** Eight rows of two maps of 3 by 4, in two blocks: rows 0 to 3, and 4 to 7. */
const layout = layOutMaps(
  {
    ...{ count: 16, rows: 3, columns: 4, perRow: 2, width: 200, height: 4 * (30 + 6) + 6 },
    ...{ caption: 0, heads: 10, devicePixelRatio: 1 },
  },
  10,
);

describe('views/pictures/mapCursor', () => {
  it('goes from map to map as they stand, also into the next block', () => {
    assert.deepEqual([layout.across, layout.down], [4, 4]);
    const corner = { map: 1, row: 2, column: 3 };
    assert.deepEqual(movedOverMaps(key('ArrowRight'), corner, layout), { map: 8, row: 2, column: 0 });
    assert.deepEqual(movedOverMaps(key('ArrowDown'), corner, layout), { map: 3, row: 0, column: 3 });
    assert.equal(movedOverMaps(key('x'), corner, layout), undefined);
  });

  it('ends at the last map', () => {
    const odd = { ...layout, count: 15 };
    const above = { map: 13, row: 2, column: 1 };
    assert.deepEqual(movedOverMaps(key('ArrowDown'), above, odd), { map: 14, row: 0, column: 3 });
  });

  it('stays in its map where a region is marked', () => {
    const corner = { map: 1, row: 2, column: 3 };
    assert.deepEqual(movedInMap(key('ArrowRight'), corner, layout), corner);
    assert.deepEqual(movedInMap(key('ArrowUp'), corner, layout), { map: 1, row: 1, column: 3 });
    assert.deepEqual(nearestInMap(2, { map: 5, row: 1, column: 2 }, layout), { map: 2, row: 2, column: 3 });
    assert.deepEqual(nearestInMap(8, { map: 1, row: 1, column: 2 }, layout), { map: 8, row: 1, column: 0 });
    assert.deepEqual(nearestInMap(3, { map: 3, row: 1, column: 2 }, layout), { map: 3, row: 1, column: 2 });
  });
});
