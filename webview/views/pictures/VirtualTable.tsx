import type { ComponentChildren, VNode } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  contentOffset,
  offsetShowing,
  scrollPosition,
  spacerLength,
  visibleSpan,
  type ScrollAxis,
  type Span,
} from '../../draw/layout';
import type { CellRectangle } from '../../draw/tiles';
import { t } from '../../l10n';
import { useClientSize } from './CanvasViewport';
import { moved, type PlaneCell } from './cursor';
import type { PictureArray } from './picture';
import type { SeenCells } from './planePieces';
import { isMarked, useRegionSelection } from './regionSelection';

const ROW = 22;
/** Width of a character of the table's font. */
const CHARACTER = 7.3;
const PADDING = 12;

export interface VirtualTableProps {
  readonly array: Pick<PictureArray, 'name' | 'role'>;
  readonly rows: number;
  readonly columns: number;
  rowLabel: (row: number) => string;
  columnLabel: (column: number) => string;
  /** Characters of the longest usual text of a cell. */
  readonly characters: number;
  /** Whether the cells hold words, which begin at the left, rather than numbers. */
  readonly hasWords?: boolean;
  /** Asks for the texts of the cells that are seen; one that has not arrived is undefined. */
  textsOf: (seen: SeenCells) => (row: number, column: number) => string | undefined;
  readonly selected?: PlaneCell;
  isLinked?: (cell: PlaneCell) => boolean;
  /** A cell to bring into view, when it changes. */
  readonly reveal?: PlaneCell;
  onPoint: (cell: PlaneCell | undefined) => void;
  onPin: (cell: PlaneCell) => void;
  /** The cells that are marked, and what marks others: Shift with the keys that move, a drag or a click. */
  readonly region?: CellRectangle;
  onRegion?: (region: CellRectangle | undefined) => void;
  /** Below the table. */
  readonly children?: ComponentChildren;
}

/** A table of any size. Only what is seen is in the document. */
export function VirtualTable(props: VirtualTableProps): VNode {
  const { array, rows, columns, rowLabel, columnLabel, characters, selected, reveal } = props;
  const { region, onPoint, onPin, onRegion } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const size = useClientSize(scroller);
  const [scroll, setScroll] = useState({ left: 0, top: 0 });
  const [cursor, setCursor] = useState<PlaneCell>({ row: 0, column: 0 });
  const id = useId();

  const header = widthOf(rowLabel(rows - 1).length);
  const inView = Math.max(0, size.width - header);
  const column = Math.max(
    widthOf(columnLabel(columns - 1).length),
    characters * CHARACTER + PADDING,
    props.hasWords ? Math.floor(inView / columns) : 0, // words take the room there is
  );
  const fitting = Math.floor((column - PADDING) / CHARACTER);
  const horizontal: ScrollAxis = { content: columns * column, viewport: inView };
  const vertical: ScrollAxis = { content: rows * ROW, viewport: Math.max(0, size.height - ROW) };
  const left = contentOffset(horizontal, scroll.left);
  const top = contentOffset(vertical, scroll.top);
  const seen = {
    rows: visibleSpan(top, vertical.viewport, ROW, rows),
    columns: visibleSpan(left, horizontal.viewport, column, columns),
  };
  const textOf = props.textsOf(seen);

  const show = (cell: PlaneCell): void => {
    const x = offsetShowing(cell.column, column, left, horizontal.viewport);
    const y = offsetShowing(cell.row, ROW, top, vertical.viewport);
    scroller.current?.scrollTo(scrollPosition(horizontal, x), scrollPosition(vertical, y));
  };
  useLayoutEffect(() => {
    if (reveal && size.width > 0) show(reveal);
  }, [reveal?.row, reveal?.column, size.width > 0]);

  const page = Math.max(1, seen.rows.end - seen.rows.start - 2);
  const move = (event: KeyboardEvent, from: PlaneCell): PlaneCell | undefined =>
    moved(event, from, { rows, columns }, page);
  const goTo = (target: PlaneCell): void => {
    show(target);
    setCursor(target);
    onPoint(target);
  };
  const keyDown = (event: KeyboardEvent): void => {
    const target = move(event, cursor);
    if (target) goTo(target);
    else if (event.key === 'Enter' || event.key === ' ') onPin(cursor);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const marking = useRegionSelection({
    region,
    onRegion: onRegion ?? (() => undefined),
    cursor: { here: { cell: cursor, byKeyboard: true }, goTo, keyDown },
    move,
    start: () => cursor,
  });
  /** Where a drag that marks began. */
  const pressed = useRef<PlaneCell>(undefined);

  const cellId = (row: number, at: number): string => `${id}-${row}-${at}`;
  // Rows lie where the scroll bar is, shifted by what of the content is beyond it.
  const y = (row: number): number => scroll.top + ROW + row * ROW - top;
  const x = (at: number): number => scroll.left + header + at * column - left;
  return (
    <div
      class={props.hasWords ? 'picture values-table has-words' : 'picture values-table'}
      data-role={array.role}
      data-array={array.name}
    >
      <div
        ref={scroller}
        class="values-table-scroller"
        role="grid"
        tabIndex={0}
        aria-label={t('{0}, {1} rows, {2} columns', array.name, rows, columns)}
        aria-rowcount={rows + 1}
        aria-colcount={columns + 1}
        aria-activedescendant={isIn(seen, cursor) ? cellId(cursor.row, cursor.column) : undefined}
        onScroll={event =>
          setScroll({ left: event.currentTarget.scrollLeft, top: event.currentTarget.scrollTop })
        }
        onKeyDown={onRegion ? marking.keyDown : keyDown}
        onPointerLeave={() => onPoint(undefined)}
      >
        <div
          role="rowgroup"
          class="values-table-content"
          style={{
            width: `${header + spacerLength(horizontal)}px`,
            height: `${ROW + spacerLength(vertical)}px`,
          }}
        >
          <div role="row" aria-rowindex={1} class="values-table-head">
            <span
              role="columnheader"
              aria-colindex={1}
              class="values-table-corner"
              style={{ width: `${header}px` }}
            >
              <span class="visually-hidden">{t('index')}</span>
            </span>
            {positions(seen.columns).map(at => (
              <span
                key={at}
                role="columnheader"
                aria-colindex={at + 2}
                style={{ left: `${x(at)}px`, width: `${column}px` }}
              >
                {columnLabel(at)}
              </span>
            ))}
          </div>
          {positions(seen.rows).map(row => (
            <div key={row} role="row" aria-rowindex={row + 2} style={{ top: `${y(row)}px` }}>
              <span role="rowheader" aria-colindex={1} style={{ width: `${header}px` }}>
                {rowLabel(row)}
              </span>
              {positions(seen.columns).map(at => {
                const cell = { row, column: at };
                const text = textOf(row, at);
                return (
                  <span
                    key={at}
                    id={cellId(row, at)}
                    role="gridcell"
                    aria-colindex={at + 2}
                    aria-selected={isSame(selected, cell)}
                    class={classOf(props.isLinked?.(cell) ?? false, isMarked(region, cell))}
                    data-cursor={isSame(cursor, cell) ? '' : undefined}
                    style={{ left: `${x(at)}px`, width: `${column}px` }}
                    title={text !== undefined && text.length > fitting ? text : undefined}
                    onPointerDown={event => (pressed.current = onRegion && event.shiftKey ? cell : undefined)}
                    onPointerEnter={event => {
                      onPoint(cell);
                      if (pressed.current && event.buttons === 1) marking.onDrag(pressed.current, cell);
                    }}
                    onClick={event => {
                      if (onRegion && event.shiftKey) {
                        marking.onDrag(cursor, cell);
                        return;
                      }
                      setCursor(cell);
                      onPin(cell);
                    }}
                  >
                    {text ?? '…'}
                  </span>
                );
              })}
            </div>
          ))}
        </div>
      </div>
      {props.children}
    </div>
  );
}

function classOf(isLinked: boolean, isMarked: boolean): string | undefined {
  return [isLinked ? 'is-linked' : '', isMarked ? 'is-marked' : ''].join(' ').trim() || undefined;
}

function widthOf(characters: number): number {
  return Math.ceil(characters * CHARACTER + PADDING);
}

function positions({ start, end }: Span): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** Only the cells in view are elements, and so can be pointed at. */
function isIn({ rows, columns }: SeenCells, { row, column }: PlaneCell): boolean {
  return row >= rows.start && row < rows.end && column >= columns.start && column < columns.end;
}

function isSame(a: PlaneCell | undefined, b: PlaneCell): boolean {
  return a?.row === b.row && a.column === b.column;
}
