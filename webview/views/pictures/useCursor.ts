import { useState } from 'preact/hooks';
import { sameShape } from '../../../engine';
import type { Zoom } from './useZoom';

export interface CursorOptions<Cell> {
  /** Where the keyboard's cursor begins. */
  start(): Cell;
  /** Where a key takes the cursor; undefined for a key that does not move it. */
  move(event: KeyboardEvent, from: Cell): Cell | undefined;
  /** The cell's index in the array. */
  indexOf(cell: Cell): readonly number[];
  /** Scrolls the cell into view. */
  show(cell: Cell): void;
  /** A click on a cell, Enter, or Space, which chooses without opening anything. */
  choose(cell: Cell, how: 'click' | 'Enter' | 'Space'): void;
  onPoint(index: readonly number[] | undefined): void;
  readonly zoom: Zoom;
}

export interface Cursor<Cell> {
  /** The cell that is pointed at, and with what; only the keyboard's cursor is spoken and outlined. */
  readonly here: { readonly cell: Cell; readonly byKeyboard: boolean } | undefined;
  point(cell: Cell | undefined): void;
  /** Takes the keyboard's cursor to a cell, and the cell into view. */
  goTo(cell: Cell): void;
  click(cell: Cell | undefined): void;
  keyDown(event: KeyboardEvent): void;
  /** @param byKeyboard whether the focus came by Tab, so that the cursor should show itself */
  focus(byKeyboard: boolean): void;
  blur(): void;
}

/** The one cell of a picture that pointer and keyboard share. */
export function useCursor<Cell>(options: CursorOptions<Cell>): Cursor<Cell> {
  const { start, move, indexOf, show, choose, onPoint, zoom } = options;
  const [here, setHere] = useState<Cursor<Cell>['here']>();

  const goTo = (cell: Cell | undefined, byKeyboard: boolean): void => {
    const isSame =
      cell === undefined || here === undefined
        ? cell === here?.cell
        : sameShape(indexOf(cell), indexOf(here.cell));
    if (isSame && byKeyboard === here?.byKeyboard) return;
    setHere(cell === undefined ? undefined : { cell, byKeyboard });
    if (!isSame) onPoint(cell && indexOf(cell));
  };

  const bring = (cell: Cell): void => {
    show(cell);
    goTo(cell, true);
  };
  return {
    here,
    point: cell => goTo(cell, false),
    goTo: bring,
    click: cell => {
      if (cell !== undefined) choose(cell, 'click');
    },
    keyDown(event) {
      const from = here?.cell ?? start();
      const target = move(event, from);
      if (target !== undefined) bring(target);
      else if (event.key === 'Enter') choose(from, 'Enter');
      else if (event.key === ' ') choose(from, 'Space');
      else if (event.key === '+' || event.key === '=') zoom.by(1);
      else if (event.key === '-') zoom.by(-1);
      else if (event.key === '0') zoom.fit();
      else return;
      // The panel has keys of its own: the arrows go from step to step.
      event.preventDefault();
      event.stopPropagation();
    },
    focus(byKeyboard) {
      if (!byKeyboard) return;
      bring(start());
    },
    blur: () => goTo(undefined, false),
  };
}
