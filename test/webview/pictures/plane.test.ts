import assert from 'node:assert/strict';
import { readTensor, Tensor, type LayerInfo, convolutionGeometry } from '../../../engine';
import type { ArrayInfo } from '../../../webview/protocol';
import { axesOf } from '../../../webview/views/pictures/axes';
import type { TileRequest } from '../../../webview/views/pictures/arrayReader';
import { moved } from '../../../webview/views/pictures/cursor';
import { mapCount, mapOf, mapPiece, planeOf, type MapScene } from '../../../webview/views/pictures/mapScene';
import {
  cellOf,
  defaultPlane,
  indexOf,
  planeMatrix,
  planeRequest,
  valueAt,
  planeSize,
} from '../../../webview/views/pictures/plane';
import { exactReader, piecesOf, valueReader, withTiles } from '../../../webview/views/pictures/planePieces';
import { edgeRectangles } from '../../../webview/views/pictures/planeScene';

function info(tensor: Tensor): ArrayInfo {
  return { name: 'a', dtype: tensor.dtype, shape: tensor.shape, role: 'x', arrangements: {} };
}

function read(tensor: Tensor, request: TileRequest) {
  assert.ok('region' in request);
  return { values: readTensor(tensor, request.region).numbers() };
}

describe('pictures/plane', () => {
  const a = Tensor.arange([2, 3, 4, 5], 'float64');

  it('draws any two axes of an array, also the later one as rows', () => {
    const rectangle = { row: 1, column: 1, rows: 2, columns: 2 };
    for (const [rowAxis, columnAxis] of [
      [2, 3],
      [3, 2],
      [0, 3],
    ]) {
      const plane = { rowAxis, columnAxis, index: [1, 2, 3, 4] };
      const shape = { rows: a.shape[rowAxis] > 2 ? 2 : 1, columns: 2 };
      const part = { ...rectangle, rows: shape.rows };
      const matrix = planeMatrix(read(a, planeRequest('a', plane, part, 1)), plane, part, 1);
      for (let row = 0; row < part.rows; row++) {
        for (let column = 0; column < part.columns; column++) {
          const index = indexOf(plane, { row: row + 1, column: column + 1 });
          assert.equal(valueAt(matrix, row, column), a.at(...index));
        }
      }
    }
  });

  it('lays a vector down or stands it up', () => {
    const b = info(Tensor.arange([30]));
    assert.deepEqual(defaultPlane(b), { rowAxis: 0, index: [0] });
    assert.deepEqual(indexOf({ columnAxis: 0, index: [0] }, { row: 0, column: 7 }), [7]);
    assert.deepEqual(cellOf({ columnAxis: 0, index: [0] }, [7]), { row: 0, column: 7 });
  });

  it('has no cells to ask for where another axis leaves no values', () => {
    const array = { name: 'x', dtype: 'float32', shape: [0, 3, 4] } as const;
    assert.deepEqual(planeSize(array, { rowAxis: 1, columnAxis: 2, index: [0, 0, 0] }), {
      rows: 0,
      columns: 0,
    });
  });

  it('knows which cells lie in another plane', () => {
    const plane = { rowAxis: 2, columnAxis: 3, index: [1, 2, 0, 0] };
    assert.deepEqual(cellOf(plane, [1, 2, 3, 4]), { row: 3, column: 4 });
    assert.equal(cellOf(plane, [1, 1, 3, 4]), undefined);
    assert.equal(cellOf(plane, undefined), undefined);
  });

  it('finds values across tiles, and none where a tile is missing', () => {
    const plane = { rowAxis: 2, columnAxis: 3, index: [0, 0, 0, 0] };
    const pieces = [0, 2].map(row => {
      const rectangle = { row, column: 0, rows: 2, columns: 5 };
      return { rectangle, block: 1, requests: [planeRequest('a', plane, rectangle, 1)] };
    });
    const seen = { rows: { start: 0, end: 4 }, columns: { start: 0, end: 5 } };
    const { arrived, isComplete } = withTiles(plane, seen, pieces, [
      undefined,
      read(a, pieces[1].requests[0]),
    ]);
    const valuesOf = valueReader(arrived);
    assert.equal(isComplete, false);
    assert.deepEqual(valuesOf(3, 4), [19]);
    assert.equal(valuesOf(1, 1), undefined);
  });

  it('gives the last digits of 64-bit integers to be written, in a plane that stands on its side, too', () => {
    const plane = { rowAxis: 1, columnAxis: 0, index: [0, 0] };
    const rectangle = { row: 0, column: 0, rows: 2, columns: 1 };
    const piece = { rectangle, block: 1, requests: [planeRequest('labels', plane, rectangle, 1)] };
    const tile = { values: Float64Array.of(2 ** 53, 7), digits: BigInt64Array.of(2n ** 53n + 1n, 7n) };
    const seen = { rows: { start: 0, end: 2 }, columns: { start: 0, end: 1 } };
    const { arrived } = withTiles(plane, seen, [piece], [tile]);
    assert.deepEqual(exactReader(arrived)(0, 0), [2n ** 53n + 1n]);
    assert.deepEqual(valueReader(arrived)(0, 0), [2 ** 53]);
    assert.deepEqual(exactReader(arrived)(1, 0), [7n]);
  });

  it('asks for a plane from the middle of what is seen outwards', () => {
    const array = { ...info(Tensor.arange([1, 1], 'float32')), shape: [4096, 4096] };
    const seen = { rows: { start: 1000, end: 1700 }, columns: { start: 1100, end: 1900 } };
    const plane = { rowAxis: 0, columnAxis: 1, index: [0, 0] };
    const pieces = piecesOf({ array, plane }, { rows: 4096, columns: 4096, cell: 1 }, seen, 1, 300);
    const [first, last] = [pieces[0].rectangle, pieces[pieces.length - 1].rectangle];
    assert.ok(first.row <= 1350 && first.row + first.rows >= 1350, `first row ${first.row}`);
    assert.ok(last.row + last.rows <= 1000 || last.row >= 1700, `last row ${last.row}`); // in the margin
  });

  it('frames a plane with its padding without counting a corner twice', () => {
    const cells = edgeRectangles([1, 2, 3, 0], 10, 8).reduce(
      (sum, { rows, columns }) => sum + rows * columns,
      0,
    );
    assert.equal(cells, 10 * 8 - 6 * 6);
  });
});

describe('pictures/mapScene', () => {
  const W = Tensor.arange([30, 3, 5, 4], 'float64');
  const scene = (choice: Partial<MapScene>): MapScene => ({
    array: info(W),
    axes: axesOf(info(W), []),
    rowAxis: 2,
    columnAxis: 3,
    gridAxes: [0, 1],
    index: [0, 0, 0, 0],
    scale: { colormap: 'grey', domain: { min: 0, max: 1 } },
    images: { imageOf: () => assert.fail('nothing is drawn here') },
    ...choice,
  });

  for (const [name, choice] of Object.entries({
    'filters by channels': {},
    'one channel': { gridAxes: [0], index: [0, 2, 0, 0] },
    'planes of the first axes': { rowAxis: 1, columnAxis: 0, gridAxes: [3, 2] },
  })) {
    it(`reads every map of ${name} from requests that maps share`, () => {
      const maps = scene(choice);
      const requests = new Set<string>();
      for (let map = 0; map < mapCount(maps); map++) {
        const { requests: ofMap, matrixIn } = mapPiece(maps, map, 8, 1);
        assert.equal(ofMap.length, 1);
        const [request] = ofMap;
        requests.add(JSON.stringify(request));
        const matrix = matrixIn(read(W, request));
        const plane = planeOf(maps, map);
        const corner = { row: matrix.rows - 1, column: matrix.columns - 1 };
        assert.equal(valueAt(matrix, corner.row, corner.column), W.at(...indexOf(plane, corner)));
        assert.equal(mapOf(maps, indexOf(plane, corner)), map);
      }
      assert.ok(requests.size <= 2, `${requests.size} requests`);
    });
  }

  it('asks for extremes only where every map has a scale of its own', () => {
    const request = (choice: Partial<MapScene>) => mapPiece(scene(choice), 0, 0.25, 1).requests[0];
    const ownScale = { rangePerMap: { kind: 'minMax' } } as const;
    const channels = { axis: 1, positions: [0, 1, 2] };
    const wants = [{}, ownScale, { ...ownScale, gridAxes: [0], channels }].map(choice => {
      const asked = request(choice);
      return 'block' in asked && asked.extremes;
    });
    assert.deepEqual(wants, [false, true, false]);
  });

  it('reads the colours of a map from its channels', () => {
    const maps = scene({ gridAxes: [0], channels: { axis: 1, positions: [0, 1, 2] } });
    assert.equal(mapCount(maps), 30);
    for (const block of [1, 2]) {
      const { requests, matrixIn } = mapPiece(maps, 7, 8 / block, 1);
      const colours = requests.map(request => valueAt(matrixIn(read(W, request)), 4, 3));
      assert.deepEqual(
        colours,
        [0, 1, 2].map(channel => W.at(7, channel, 4, 3)),
      );
    }
    assert.equal(mapOf(maps, [4, 2, 0, 0]), 4);
  });

  it('has no map for a cell of another plane', () => {
    assert.equal(mapOf(scene({ gridAxes: [0], index: [0, 2, 0, 0] }), [4, 1, 0, 0]), undefined);
  });
});

describe('pictures/axes', () => {
  const geometry = convolutionGeometry([2, 3, 28, 28], [30, 3, 5, 5]);
  const layers: LayerInfo[] = [{ name: 'conv', kind: 'convolution', geometry }];
  const col: ArrayInfo = {
    name: 'col',
    dtype: 'float32',
    shape: [1152, 75],
    role: 'col',
    arrangements: {
      conv: [
        ['n', 'oh', 'ow'],
        ['c', 'fh', 'fw'],
      ],
    },
  };

  it('names positions by the index variables of the layer', () => {
    const [rows, columns] = axesOf(col, layers);
    assert.equal(rows.label(576 + 3 * 24 + 17), 'n1 oh3 ow17');
    assert.equal(rows.part(576 + 3 * 24 + 17, 1), 'oh3');
    assert.equal(columns.label(74), 'c2 fh4 fw4');
    assert.equal(axesOf(col, layers), axesOf(col, layers), 'the same objects, so that nothing is drawn anew');
  });

  it('numbers the positions of arrays without names', () => {
    const [rows] = axesOf({ ...col, arrangements: {} }, layers);
    assert.equal(rows.label(7), '7');
  });
});

describe('pictures/cursor', () => {
  const size = { rows: 10, columns: 4 };
  const press = (key: string, row: number, column: number, ctrlKey = false) =>
    moved({ key, ctrlKey }, { row, column }, size, 3);

  it('moves by cells, pages and to the ends, and stays inside', () => {
    assert.deepEqual(press('ArrowRight', 2, 3), { row: 2, column: 3 });
    assert.deepEqual(press('ArrowUp', 2, 3), { row: 1, column: 3 });
    assert.deepEqual(press('PageDown', 8, 0), { row: 9, column: 0 });
    assert.deepEqual(press('Home', 5, 2), { row: 5, column: 0 });
    assert.deepEqual(press('End', 5, 2, true), { row: 9, column: 3 });
    assert.equal(press('x', 0, 0), undefined);
  });
});
