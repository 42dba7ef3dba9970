import assert from 'node:assert/strict';
import {
  blockOf,
  contentOffset,
  fittingCell,
  fittingSquare,
  LARGEST_CELL,
  offsetShowing,
  scrollPosition,
  SMALLEST_CELL,
  spacerLength,
  visibleSpan,
  zoomed,
} from '../../../webview/draw/layout';
import {
  fitMaps,
  layOutMaps,
  mapCellAt,
  mapCorner,
  mapAt,
  mapPlace,
  mapsIn,
  visibleMaps,
} from '../../../webview/draw/mapLayout';
import { areaAt, cellAt, scrollKeeping, scrollShowing } from '../../../webview/draw/planeGeometry';
import { tileGrid, tilesIn } from '../../../webview/draw/tiles';

describe('draw/layout', () => {
  it('zooms by steps and stops at the ends', () => {
    assert.equal(zoomed(13.2, 1), 16);
    assert.equal(zoomed(13.2, -1), 12);
    assert.equal(zoomed(LARGEST_CELL, 1), LARGEST_CELL);
    assert.equal(zoomed(SMALLEST_CELL, -1), SMALLEST_CELL);
  });

  it('fits whole device pixels', () => {
    assert.equal(fittingCell(28, 400, 1), 14);
    assert.equal(fittingCell(28, 400, 2), 14);
    assert.equal(fittingCell(28, 410, 2), 14.5);
    assert.equal(fittingCell(1_000_000, 400, 1), SMALLEST_CELL);
    assert.equal(fittingCell(0, 400, 1), LARGEST_CELL);
    assert.equal(fittingSquare({ rows: 28, columns: 20 }, 400, 238), 8.5);
    assert.equal(fittingSquare({ rows: 16_384, columns: 16_384 }, 700, 400), 400 / 16_384);
    assert.equal(fittingSquare({ rows: 0, columns: 0 }, 400, 238), LARGEST_CELL);
  });

  it('reads blocks of at least one device pixel', () => {
    assert.equal(blockOf(1, 1), 1);
    assert.equal(blockOf(0.5, 1), 2);
    assert.equal(blockOf(0.5, 2), 1);
    assert.equal(blockOf(0.3, 1), 4);
  });

  it('sees partly visible cells', () => {
    assert.deepEqual(visibleSpan(25, 50, 10, 100), { start: 2, end: 8 });
    assert.deepEqual(visibleSpan(0, 500, 10, 4), { start: 0, end: 4 });
    assert.deepEqual(visibleSpan(990, 50, 10, 4), { start: 4, end: 4 });
  });

  it('reaches both ends of content that is longer than a browser scrolls', () => {
    const axis = { content: 400_000_000, viewport: 500 };
    const way = spacerLength(axis) - axis.viewport;
    assert.equal(contentOffset(axis, 0), 0);
    assert.equal(contentOffset(axis, way), axis.content - axis.viewport);
    const offset = 123_456_789;
    assert.ok(Math.abs(contentOffset(axis, scrollPosition(axis, offset)) - offset) < 1e-3);
  });

  it('leaves short content as it is', () => {
    const axis = { content: 3000, viewport: 500 };
    assert.equal(contentOffset(axis, 1234), 1234);
    assert.equal(scrollPosition(axis, 9999), 2500);
  });

  it('scrolls no further than needed to show a cell, and centres what is far', () => {
    assert.equal(offsetShowing(5, 10, 0, 100), 0);
    assert.equal(offsetShowing(10, 10, 0, 100), 10);
    assert.equal(offsetShowing(3, 10, 50, 100), 30);
    assert.equal(offsetShowing(1000, 10, 0, 100), 9955);
  });
});

describe('draw/tiles', () => {
  it('covers what is seen, once, without reaching outside', () => {
    const grid = tileGrid(57_600, 25, 1);
    const tiles = tilesIn(grid, { start: 57_000, end: 57_600 }, { start: 0, end: 25 });
    assert.ok(tiles.every(({ columns }) => columns === 25));
    assert.ok(tiles[0].row <= 57_000);
    assert.equal(tiles.at(-1)!.row + tiles.at(-1)!.rows, 57_600);
    for (let i = 1; i < tiles.length; i++) assert.equal(tiles[i].row, tiles[i - 1].row + tiles[i - 1].rows);
  });

  it('aligns tiles of blocks to the blocks', () => {
    const grid = tileGrid(50_176, 576, 8);
    const tiles = tilesIn(grid, { start: 5000, end: 9000 }, { start: 0, end: 576 });
    assert.ok(tiles.every(({ row, column }) => row % 8 === 0 && column % 8 === 0));
  });

  it('has no tiles where nothing is seen', () => {
    assert.deepEqual(tilesIn(tileGrid(0, 25, 1), { start: 0, end: 0 }, { start: 0, end: 25 }), []);
  });
});

describe('draw/planeGeometry', () => {
  const geometry = { rows: 576, columns: 25, cell: 16, left: 60, top: 20, width: 300, height: 220 };

  it('finds the cell under a point, and none over the labels', () => {
    const area = areaAt(geometry, { left: 32, top: 160 }, 1);
    assert.deepEqual(cellAt(geometry, area, { x: 61, y: 21 }), { row: 10, column: 2 });
    assert.equal(cellAt(geometry, area, { x: 30, y: 100 }), undefined);
    assert.equal(
      cellAt({ ...geometry, columns: 3 }, areaAt({ ...geometry, columns: 3 }, { left: 0, top: 0 }, 1), {
        x: 200,
        y: 100,
      }),
      undefined,
    );
  });

  it('shows a cell that was out of sight', () => {
    const scroll = scrollShowing(geometry, { row: 500, column: 24 }, { left: 0, top: 0 });
    const { rows, columns } = areaAt(geometry, scroll, 1);
    assert.ok(rows.start < 500 && rows.end > 500);
    assert.equal(columns.end, 25);
  });

  it('keeps the cell under the pointer when it zooms', () => {
    const point = { x: 150, y: 120 };
    const before = areaAt(geometry, { left: 40, top: 3000 }, 1);
    const larger = { ...geometry, cell: 32 };
    const after = areaAt(larger, scrollKeeping(point, before, larger), 1);
    assert.deepEqual(cellAt(larger, after, point), cellAt(geometry, before, point));
  });
});

describe('draw/mapLayout', () => {
  const options = {
    count: 30,
    rows: 24,
    columns: 24,
    width: 520,
    height: 480,
    caption: 12,
    heads: 0,
    devicePixelRatio: 1,
  };

  it('shows all maps at once where they stay large enough', () => {
    const layout = fitMaps(options);
    assert.ok(layout.cell >= 2);
    assert.ok(layout.contentHeight <= options.height);
  });

  it('fills the width with several rows of maps', () => {
    for (const width of [520, 531, 389]) {
      const layout = fitMaps({ ...options, width });
      const { columns, cell, perRow, pitchX } = layout;
      const right = mapCorner(layout, perRow - 1).x + columns * cell;
      assert.ok(right <= width && width - right < perRow + pitchX - columns * cell, `${right} of ${width}`);
    }
  });

  it('scrolls rather than make maps too small to see', () => {
    const layout = fitMaps({ ...options, count: 4096, rows: 3, columns: 3 });
    assert.equal(layout.cell * 3, 24);
    assert.ok(layout.contentHeight > options.height);
  });

  it('leaves small pictures a pixel for each of their cells', () => {
    const digits = { ...options, count: 100, rows: 28, columns: 28, height: 300 };
    assert.equal(fitMaps(digits).cell, 1);
    assert.equal(fitMaps({ ...digits, devicePixelRatio: 2 }).cell, 24 / 28);
    assert.ok(fitMaps({ ...digits, rows: 64, columns: 64 }).cell < 1);
  });

  it('finds every map again from its corner, and nothing between maps', () => {
    const layout = layOutMaps(options, 3);
    for (let map = 0; map < layout.count; map++) {
      const { x, y } = mapCorner(layout, map);
      assert.deepEqual(mapCellAt(layout, x + 4, y + 70), { map, row: 23, column: 1 });
      assert.equal(mapCellAt(layout, x - 1, y + 1), undefined);
      assert.equal(mapCellAt(layout, x + 1, y + 73), undefined);
    }
  });

  it('sees the maps of the rows in view', () => {
    const layout = layOutMaps(options, 3);
    const { width } = options;
    const first = visibleMaps(layout, { left: 0, top: 0 }, { width, height: 10 });
    assert.deepEqual(
      mapsIn(layout, first),
      Array.from({ length: layout.perRow }, (_, map) => map),
    );
    const end = { left: 0, top: layout.contentHeight - 20 };
    assert.equal(mapsIn(layout, visibleMaps(layout, end, { width, height: 20 })).at(-1), 29);
  });

  it('sees only the columns in view of a matrix of maps, however large it is', () => {
    const layout = layOutMaps({ ...options, count: 512 * 512, rows: 3, columns: 3, perRow: 512 }, 8);
    const viewport = { width: 300, height: 200 };
    const seen = visibleMaps(layout, { left: 100 * layout.pitchX, top: 7 * layout.pitchY }, viewport);
    const maps = mapsIn(layout, seen);
    assert.ok(maps.length < 150, `${maps.length} maps`);
    assert.ok(maps.includes(8 * 512 + 101));
  });

  describe('a matrix of maps that is higher than wide', () => {
    const tall = {
      ...{ count: 64 * 3, rows: 7, columns: 7, perRow: 3, width: 600, height: 400 },
      ...{ caption: 0, heads: 30, devicePixelRatio: 1 },
    };

    it('stands in blocks side by side, which take more of the width', () => {
      const layout = fitMaps(tall);
      assert.ok(layout.across > 3 && layout.across % 3 === 0);
      assert.ok(layout.contentWidth > 400 && layout.contentWidth <= 600, `${layout.contentWidth} of 600`);
      assert.deepEqual(mapPlace(layout, 3 * layout.down), { row: 0, column: 3 });
      assert.ok(mapCorner(layout, 3 * layout.down).x > mapCorner(layout, 2).x + 7 * layout.cell + 30);
    });

    it('stands in one where all of it is in view, or the next has no room', () => {
      assert.equal(fitMaps({ ...tall, count: 4 * 3 }).across, 3);
      assert.equal(fitMaps({ ...tall, count: 5 * 3 }).across, 3, 'for cells hardly larger');
      assert.equal(layOutMaps(tall, 40).across, 3);
    });

    it('has no block without maps', () => {
      const layout = layOutMaps({ ...tall, count: 9 * 3, height: 130, width: 4000 }, 6);
      assert.deepEqual([layout.down, layout.across], [2, 15]);
      assert.equal(mapAt(layout, { row: 1, column: 12 }), undefined);
    });

    it('finds every map again from its place and its corner, and nothing between blocks', () => {
      const layout = fitMaps(tall);
      for (let map = 0; map < layout.count; map++) {
        assert.equal(mapAt(layout, mapPlace(layout, map)), map);
        const { x, y } = mapCorner(layout, map);
        const { cell } = layout;
        assert.deepEqual(mapCellAt(layout, x + 1.5 * cell, y + 6.5 * cell), { map, row: 6, column: 1 });
        assert.equal(mapCellAt(layout, x - 1, y + 1), undefined);
      }
      assert.equal(mapAt(layout, { row: layout.down, column: 0 }), undefined);
      assert.equal(mapAt(layout, { row: 0, column: layout.across }), undefined);
    });

    it('shows the maps of each block that are in view', () => {
      const layout = fitMaps(tall);
      const all = visibleMaps(layout, { left: 0, top: 0 }, { width: 600, height: layout.contentHeight });
      assert.equal(mapsIn(layout, all).length, layout.count);
      const second = mapCorner(layout, 3 * layout.down);
      const seen = visibleMaps(layout, { left: second.x + 1, top: 0 }, { width: 10, height: 10 });
      assert.deepEqual(mapsIn(layout, seen), [3 * layout.down]);
    });
  });
});
