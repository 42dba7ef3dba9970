import { CancelledError } from '../../../engine';
import type { CellRectangle } from '../../draw/tiles';
import { tileGrid, tilesIn } from '../../draw/tiles';
import type { SeenCells } from '../../views/pictures/planePieces';

/** The texts of a plane, read in pages as they are needed. */
export interface TextPages {
  /** Asks for what is seen; gives the text of a cell, or undefined where it has not arrived. */
  want(seen: SeenCells): (row: number, column: number) => string | undefined;
  /** Why a page cannot be had. */
  failure(): Error | undefined;
  dispose(): void;
}

/**
 * @param read the texts of a rectangle of the plane, row by row
 * @param onArrival called after a page has arrived or failed
 */
export function createTextPages(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  read: (rectangle: CellRectangle, signal: AbortSignal) => Promise<readonly string[]>,
  onArrival: () => void,
): TextPages {
  const grid = { ...tileGrid(rows, columns, 1), tileRows: 64, tileColumns: Math.min(columns, 16) };
  const pages = new Map<string, readonly string[] | undefined>();
  const disposal = new AbortController();
  let failed: Error | undefined;

  const fetch = async (key: string, rectangle: CellRectangle): Promise<void> => {
    pages.set(key, undefined);
    try {
      pages.set(key, await read(rectangle, disposal.signal));
    } catch (error) {
      if (error instanceof CancelledError) return;
      failed = error instanceof Error ? error : new Error(String(error));
    }
    onArrival();
  };

  return {
    want(seen) {
      const wanted = tilesIn(grid, seen.rows, seen.columns).map(rectangle => {
        const key = `${rectangle.row} ${rectangle.column}`;
        if (!pages.has(key)) void fetch(key, rectangle);
        return { rectangle, texts: pages.get(key) };
      });
      return (row, column) => {
        const page = wanted.find(
          ({ rectangle: r }) =>
            row >= r.row && row < r.row + r.rows && column >= r.column && column < r.column + r.columns,
        );
        return page?.texts?.[
          (row - page.rectangle.row) * page.rectangle.columns + column - page.rectangle.column
        ];
      };
    },
    failure: () => failed,
    dispose: () => disposal.abort(),
  };
}
