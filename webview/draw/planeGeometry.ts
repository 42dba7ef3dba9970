import {
  contentOffset,
  offsetShowing,
  scrollPosition,
  spacerLength,
  visibleSpan,
  type ScrollAxis,
  type Span,
} from './layout';

/** A scrollable plane of square cells with room for labels at the left and on top. Lengths are CSS pixels. */
export interface PlaneGeometry {
  readonly rows: number;
  readonly columns: number;
  readonly cell: number;
  /** Room for the row labels and for the column labels. */
  readonly left: number;
  readonly top: number;
  /** Size of the viewport, labels included. */
  readonly width: number;
  readonly height: number;
}

/** Where a plane lies on a canvas, and the part of it that is seen. */
export interface PlaneArea {
  /** Corner of the plane's first cell; outside the canvas where it is scrolled away. */
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  /** Cells seen. */
  readonly rows: Span;
  readonly columns: Span;
}

function axes({ rows, columns, cell, left, top, width, height }: PlaneGeometry): {
  horizontal: ScrollAxis;
  vertical: ScrollAxis;
} {
  return {
    horizontal: { content: columns * cell, viewport: Math.max(0, width - left) },
    vertical: { content: rows * cell, viewport: Math.max(0, height - top) },
  };
}

/** Lengths that the scroll bars run over. */
export function spacerOf(geometry: PlaneGeometry): { width: number; height: number } {
  const { horizontal, vertical } = axes(geometry);
  return { width: geometry.left + spacerLength(horizontal), height: geometry.top + spacerLength(vertical) };
}

/** What is seen at a position of the scroll bars, on whole device pixels. */
export function areaAt(
  geometry: PlaneGeometry,
  scroll: { readonly left: number; readonly top: number },
  devicePixelRatio: number,
): PlaneArea {
  const { cell, left, top, rows, columns } = geometry;
  const { horizontal, vertical } = axes(geometry);
  const offsetX = contentOffset(horizontal, scroll.left);
  const offsetY = contentOffset(vertical, scroll.top);
  const snap = (length: number): number => Math.round(length * devicePixelRatio) / devicePixelRatio;
  return {
    x: left + snap(-offsetX),
    y: top + snap(-offsetY),
    cell,
    rows: visibleSpan(offsetY, vertical.viewport, cell, rows),
    columns: visibleSpan(offsetX, horizontal.viewport, cell, columns),
  };
}

/** The cell at a point of the viewport; undefined over the labels and beyond the plane. */
export function cellAt(
  geometry: PlaneGeometry,
  area: PlaneArea,
  point: { readonly x: number; readonly y: number },
): { row: number; column: number } | undefined {
  const row = Math.floor((point.y - area.y) / area.cell);
  const column = Math.floor((point.x - area.x) / area.cell);
  const isLabel = point.x < geometry.left || point.y < geometry.top;
  const isInside = row >= 0 && row < geometry.rows && column >= 0 && column < geometry.columns;
  return isInside && !isLabel ? { row, column } : undefined;
}

/** Where the scroll bars must be for a cell to be seen, moving them no further than needed. */
export function scrollShowing(
  geometry: PlaneGeometry,
  { row, column }: { readonly row: number; readonly column: number },
  scroll: { readonly left: number; readonly top: number },
): { left: number; top: number } {
  const { horizontal, vertical } = axes(geometry);
  const along = (axis: ScrollAxis, position: number, at: number): number => {
    const offset = contentOffset(axis, at);
    const wanted = offsetShowing(position, geometry.cell, offset, axis.viewport);
    return wanted === offset ? at : scrollPosition(axis, wanted);
  };
  return { left: along(horizontal, column, scroll.left), top: along(vertical, row, scroll.top) };
}

/**
 * Where the scroll bars must be after a change of the cell's size for the same cell to stay under a point.
 * @param before the geometry and the area that were seen until now
 */
export function scrollKeeping(
  point: { readonly x: number; readonly y: number },
  before: PlaneArea,
  geometry: PlaneGeometry,
): { left: number; top: number } {
  const { horizontal, vertical } = axes(geometry);
  const ratio = geometry.cell / before.cell;
  return {
    left: scrollPosition(horizontal, (point.x - before.x) * ratio - (point.x - geometry.left)),
    top: scrollPosition(vertical, (point.y - before.y) * ratio - (point.y - geometry.top)),
  };
}
