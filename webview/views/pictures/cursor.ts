/** A cell of a plane. */
export interface PlaneCell {
  readonly row: number;
  readonly column: number;
}

export interface PlaneSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Where a key takes the cursor: arrows by one, PageUp and PageDown by `page` rows, Home and End along the row, with
 * Ctrl to the plane's corners. Undefined for a key that does not move.
 */
export function moved(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  { row, column }: PlaneCell,
  { rows, columns }: PlaneSize,
  page: number,
): PlaneCell | undefined {
  const to = (r: number, c: number): PlaneCell => ({
    row: Math.max(0, Math.min(rows - 1, r)),
    column: Math.max(0, Math.min(columns - 1, c)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - page, column);
    case 'PageDown':
      return to(row + page, column);
    case 'Home':
      return to(ctrlKey ? 0 : row, 0);
    case 'End':
      return to(ctrlKey ? rows - 1 : row, columns - 1);
    default:
      return undefined;
  }
}
