import { useRef } from 'preact/hooks';
import type { CellRectangle } from '../../draw/tiles';
import type { PlaneCell } from './cursor';
import type { Cursor } from './useCursor';

export interface RegionOptions<Cell extends PlaneCell> {
  /** The cells that are marked; the picture's owner keeps them. */
  readonly region: CellRectangle | undefined;
  /** @param corner where the marking began; left out where nothing is marked any more */
  onRegion(region: CellRectangle | undefined, corner?: Cell): void;
  readonly cursor: Pick<Cursor<Cell>, 'here' | 'goTo' | 'keyDown'>;
  /** Where a key takes the cursor from a cell; undefined for a key that does not move it. */
  move(event: KeyboardEvent, from: Cell): Cell | undefined;
  /** Where the keyboard's cursor begins. */
  start(): Cell;
}

/** Marks a rectangle of cells: a drag or the keys that move, with Shift held. Escape lets go of it. */
export function useRegionSelection<Cell extends PlaneCell>(
  options: RegionOptions<Cell>,
): {
  onDrag(from: Cell, to: Cell): void;
  keyDown(event: KeyboardEvent): void;
} {
  const { region, onRegion, cursor, move, start } = options;
  /** The corner that stays while the other one moves. */
  const anchor = useRef<Cell>(undefined);
  if (!region) anchor.current = undefined;
  return {
    onDrag(from, to) {
      anchor.current = from;
      onRegion(between(from, to), from);
    },
    keyDown(event) {
      const here = cursor.here?.cell ?? start();
      const target = event.shiftKey ? move(event, here) : undefined;
      if (target) {
        anchor.current ??= here;
        cursor.goTo(target);
        onRegion(between(anchor.current, target), anchor.current);
      } else if (event.key === 'Escape' && region) onRegion(undefined);
      else {
        cursor.keyDown(event);
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

export function isMarked(region: CellRectangle | undefined, { row, column }: PlaneCell): boolean {
  return (
    region !== undefined &&
    row >= region.row &&
    row < region.row + region.rows &&
    column >= region.column &&
    column < region.column + region.columns
  );
}

/** The rectangle that two cells are corners of. */
export function between(a: PlaneCell, b: PlaneCell): CellRectangle {
  return {
    row: Math.min(a.row, b.row),
    column: Math.min(a.column, b.column),
    rows: Math.abs(a.row - b.row) + 1,
    columns: Math.abs(a.column - b.column) + 1,
  };
}
