import { ravel, sizeOf, stridesOf, unravel, type Region } from '../../../engine';
import type { ColorScale } from '../../draw/colorScale';
import { domainOfValues, type RangeMode } from '../../draw/domain';
import { blockOf } from '../../draw/layout';
import { mapCorner, type MapLayout } from '../../draw/mapLayout';
import type { PlaneArea } from '../../draw/planeGeometry';
import type { Tile, TileRequest } from './arrayReader';
import type { AxisLabels } from './axes';
import type { LabelRoom } from './labelPainter';
import type { MatrixImages } from './matrixImages';
import { idOf, type Channels, type PictureArray, type Plane } from './picture';
import { planeMatrix, planeRequest, valueAt, type TileMatrix } from './plane';
import { paintFrame, paintLines, paintNumbers, paintTile, type Context } from './planePainter';
import { planesOf } from './planePieces';
import type { CanvasTheme } from './theme';

/** Values read by one request: many small maps at a time, or one large one. */
const CHUNK_VALUES = 16_384;
const CAPTION_FONT_SIZE = 9;
const CAPTION = 12;

/** All that decides how the maps look, wherever they are drawn. */
export interface MapScene {
  readonly array: PictureArray;
  readonly axes: readonly AxisLabels[];
  readonly rowAxis: number;
  readonly columnAxis: number;
  readonly gridAxes: readonly number[];
  /** The axis whose positions are the colours of each map, rather than maps of their own. */
  readonly channels?: Channels;
  /** Positions on the axes that are neither a map's nor the grid's. */
  readonly index: readonly number[];
  readonly scale: ColorScale;
  readonly rangePerMap?: RangeMode;
  /**
   * Set where two axes lie along the rows and columns of the grid, the number of its columns; the names stand along
   * its edges then. The maps otherwise follow one another like text, each with its name below.
   */
  readonly perRow?: number;
  readonly images: MatrixImages;
}

/** A map with its values. */
export interface ArrivedMap {
  readonly map: number;
  readonly block: number;
  /** One, or one for each colour channel. */
  readonly matrices: readonly TileMatrix[];
}

function gridShape({ array, gridAxes }: MapScene): number[] {
  return gridAxes.map(axis => array.shape[axis]);
}

export function mapCount(scene: MapScene): number {
  return sizeOf(gridShape(scene));
}

/** The plane that a map shows. */
export function planeOf(scene: MapScene, map: number): Plane {
  const { rowAxis, columnAxis, gridAxes } = scene;
  const index = [...scene.index];
  unravel(map, gridShape(scene)).forEach((position, i) => (index[gridAxes[i]] = position));
  return { rowAxis, columnAxis, index };
}

/** The map that the cell at `index` lies in; undefined if the scene does not show it. */
export function mapOf(scene: MapScene, index: readonly number[]): number | undefined {
  const { rowAxis, columnAxis, gridAxes, channels } = scene;
  const isFree = (axis: number): boolean =>
    [rowAxis, columnAxis, channels?.axis].includes(axis) || gridAxes.includes(axis);
  if (!index.every((position, axis) => isFree(axis) || position === scene.index[axis])) return undefined;
  return ravel(
    gridAxes.map(axis => index[axis]),
    gridShape(scene),
  );
}

/** How a map is read. Small maps share a request with their neighbours. */
export interface MapPiece {
  readonly map: number;
  readonly block: number;
  /** One, or one for each colour channel; `matrixIn` finds the map in the answer of each. */
  readonly requests: readonly TileRequest[];
  matrixIn(tile: Tile): TileMatrix;
}

export function mapPiece(scene: MapScene, map: number, cell: number, devicePixelRatio: number): MapPiece {
  const { array, rowAxis, columnAxis } = scene;
  const planes = planesOf({ plane: planeOf(scene, map), channels: scene.channels });
  const [plane] = planes;
  const block = blockOf(cell, devicePixelRatio);
  const whole = { row: 0, column: 0, rows: array.shape[rowAxis], columns: array.shape[columnAxis] };
  if (block > 1) {
    const ownScales = scene.rangePerMap !== undefined && !scene.channels;
    const requests = planes.map(each => planeRequest(idOf(array), each, whole, block, ownScales));
    return { map, block, requests, matrixIn: tile => planeMatrix(tile, plane, whole, block) };
  }
  const regions = planes.map(each => chunkAround(scene, each.index));
  const [region] = regions;
  const strides = stridesOf(region.map(({ count }) => count));
  const offset = region.reduce(
    (sum, { start }, axis) =>
      axis === rowAxis || axis === columnAxis ? sum : sum + (plane.index[axis] - start) * strides[axis],
    0,
  );
  const rowStride = strides[rowAxis];
  const columnStride = strides[columnAxis];
  const { rows, columns } = whole;
  return {
    map,
    block,
    requests: regions.map(each => ({ array: idOf(array), region: each })),
    matrixIn: tile => ({ tile, rows, columns, offset, rowStride, columnStride }),
  };
}

/** Height of the line under each map. */
export function captionHeight({ perRow }: Pick<MapScene, 'perRow'>): number {
  return perRow === undefined ? CAPTION : 0;
}

/** The region of maps that are read together with the one at `index`: as many of the next ones as a request may hold. */
function chunkAround({ array, rowAxis, columnAxis, gridAxes }: MapScene, index: readonly number[]): Region {
  const counts = array.shape.map((extent, axis) => (axis === rowAxis || axis === columnAxis ? extent : 1));
  let room = Math.max(1, Math.floor(CHUNK_VALUES / sizeOf(counts)));
  for (const axis of [...gridAxes].reverse()) {
    counts[axis] = Math.min(array.shape[axis], room);
    room = counts[axis] < array.shape[axis] ? 1 : Math.max(1, Math.floor(room / counts[axis]));
  }
  return counts.map((count, axis) => {
    if (axis === rowAxis || axis === columnAxis) return { start: 0, count, step: 1 };
    const start = index[axis] - (index[axis] % count);
    return { start, count: Math.min(count, array.shape[axis] - start), step: 1 };
  });
}

/** The scale of a map: the common one, or one over the map's own values. */
export function scaleOf({ scale, rangePerMap, channels }: MapScene, { matrices }: ArrivedMap): ColorScale {
  if (!rangePerMap || channels) return scale;
  const [matrix] = matrices;
  return {
    colormap: scale.colormap,
    domain: domainOfValues(matrix.tile.extremes ?? valuesOf(matrix), rangePerMap),
    scaling: scale.scaling,
  };
}

function valuesOf(matrix: TileMatrix): Float64Array {
  const { rows, columns } = matrix;
  return Float64Array.from({ length: rows * columns }, (_, i) =>
    valueAt(matrix, Math.floor(i / columns), i % columns),
  );
}

/** Where a map lies on the canvas. */
export function mapArea(
  layout: MapLayout,
  map: number,
  { left, top }: LabelRoom,
  scrollLeft: number,
  offset: number,
): PlaneArea {
  const { x, y } = mapCorner(layout, map);
  const { cell, rows, columns } = layout;
  return {
    x: left + x - scrollLeft,
    y: top + y - offset,
    cell,
    rows: { start: 0, end: rows },
    columns: { start: 0, end: columns },
  };
}

/** Draws a map with its caption. @param arrived the map's values; left out while they are on their way */
export function paintMap(
  context: Context,
  scene: MapScene,
  map: number,
  area: PlaneArea,
  arrived: ArrivedMap | undefined,
  theme: CanvasTheme,
): void {
  const { cell, rows, columns } = area;
  const width = columns.end * cell;
  context.fillStyle = theme.waiting;
  context.fillRect(area.x, area.y, width, rows.end * cell);
  if (arrived) {
    const scale = scaleOf(scene, arrived);
    const whole = { row: 0, column: 0, rows: rows.end, columns: columns.end };
    paintTile(context, area, whole, arrived.block, scene.images.imageOf(arrived.matrices, scale));
    paintLines(context, area, { rows: [], columns: [] }, theme);
    const valueOf = (row: number, column: number): number => valueAt(arrived.matrices[0], row, column);
    if (arrived.block === 1 && !scene.channels) paintNumbers(context, area, valueOf, scale, theme);
  }
  paintFrame(context, area, rows.end, columns.end);
  if (scene.perRow !== undefined) return;
  context.font = `${CAPTION_FONT_SIZE}px ${theme.fontFamily}`;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillStyle = theme.muted;
  const room = (width + 4) / (0.6 * CAPTION_FONT_SIZE);
  const caption = captionsOf(scene, map).find(text => text.length <= room) ?? '';
  context.fillText(caption, area.x, area.y + rows.end * cell + 2);
}

/** Names of a map, the most telling first: `f6 c0`, `f6` where there is only one channel, `6`. */
export function captionsOf(scene: MapScene, map: number): string[] {
  const { array, axes, gridAxes } = scene;
  const { index } = planeOf(scene, map);
  const varying = gridAxes.filter(axis => array.shape[axis] > 1);
  const named = varying.length > 0 ? varying : gridAxes;
  return [
    named.map(axis => axes[axis].label(index[axis])).join(' '),
    named.map(axis => index[axis]).join(','),
  ];
}
