import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import {
  contentOffset,
  offsetShowing,
  scrollPosition,
  spacerLength,
  visibleSpan,
  type ScrollAxis,
} from '../draw/layout';
import { Icon } from '../icons';
import { useClientSize } from '../views/pictures/CanvasViewport';
import { treeStep } from './treeKeys';
import type { TreeRow } from './treeRows';
import { useKeptRows } from './useKeptRows';

/** Height of a row, in CSS pixels; as VS Code's own lists. */
const ROW = 22;
/** Rows drawn above and below those in view, so that scrolling shows no gap before the next frame. */
const BEYOND = 6;

/** Indentation of a level, in CSS pixels, and the level from which on there is no more. */
const INDENT = 12;
const DEEPEST = 12;

/** A place in the window. */
export interface At {
  readonly x: number;
  readonly y: number;
}

export interface VirtualTreeProps<T> {
  readonly label: string;
  readonly rows: readonly TreeRow<T>[];
  /** The titles of the columns, as elements of role `columnheader`. */
  readonly header: ComponentChildren;
  /** The row that the keys move, by its id. */
  readonly cursor: Signal<string | undefined>;
  /** Id of the row whose item is on show elsewhere. */
  readonly selected?: string;
  /** What stands in the first column, after what opens and closes the row. */
  readonly name: (row: TreeRow<T>) => ComponentChildren;
  /** The other columns, as elements of role `gridcell`. */
  readonly cells: (row: TreeRow<T>) => ComponentChildren;
  onFold: (row: TreeRow<T>, open: boolean) => void;
  /** Enter or a click on a row that has no children. */
  onOpen: (row: TreeRow<T>) => void;
  onMenu?: (row: TreeRow<T>, at: At) => void;
  /** Told which rows are in view. */
  onView?: (rows: readonly TreeRow<T>[]) => void;
}

/** A tree with columns, of any length: only what is in view is in the document. */
export function VirtualTree<T>(props: VirtualTreeProps<T>): VNode {
  const { rows, cursor, selected, onFold, onOpen, onMenu, onView } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const { height } = useClientSize(scroller);
  const [scrolled, setScrolled] = useState(0);
  const id = useId();

  const headHeight = head.current?.offsetHeight ?? ROW;
  const vertical: ScrollAxis = { content: rows.length * ROW, viewport: Math.max(0, height - headHeight) };
  // The bar may still stand where a longer list had its end.
  const bar = Math.min(scrolled, Math.max(0, spacerLength(vertical) - vertical.viewport));
  const top = contentOffset(vertical, bar);
  const seen = visibleSpan(top, vertical.viewport + ROW, ROW, rows.length);
  const first = Math.max(0, seen.start - BEYOND);
  const end = Math.min(rows.length, seen.end + BEYOND);
  const cursorId = cursor.value;
  const found = useMemo(() => rows.findIndex(row => row.id === cursorId), [rows, cursorId]);
  const at = Math.max(0, found);

  const show = (position: number): void => {
    if (!scroller.current) return;
    const now = contentOffset(vertical, scroller.current.scrollTop);
    const offset = offsetShowing(position, ROW, now, vertical.viewport);
    scroller.current.scrollTop = scrollPosition(vertical, offset);
  };
  useLayoutEffect(() => {
    if (found >= 0 && vertical.viewport > 0) show(found);
  }, [cursorId, vertical.viewport > 0]);
  useEffect(() => onView?.(rows.slice(seen.start, seen.end)), [rows, seen.start, seen.end]);

  const rowElement = (position: number): Element | null => document.getElementById(`${id}-${position}`);
  const menuAtCursor = (): void => {
    const box = rowElement(at)?.getBoundingClientRect();
    if (box && at in rows) onMenu?.(rows[at], { x: box.left + ROW * 2, y: box.bottom });
  };
  const act = (row: TreeRow<T>): void => {
    cursor.value = row.id;
    if (row.open === undefined) onOpen(row);
    else onFold(row, !row.open);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return; // a button in a row or in the head
    const step = treeStep(event, rows, found, Math.floor(vertical.viewport / ROW));
    if (!step) return;
    if (step.kind === 'go') {
      cursor.value = rows[step.to].id;
      show(step.to); // it may be there already, and scrolled out of view
    } else if (step.kind === 'fold') onFold(rows[at], step.open);
    else if (step.kind === 'act') act(rows[at]);
    else menuAtCursor();
    event.preventDefault();
    event.stopPropagation();
  };
  const rowOf = (event: Event): TreeRow<T> | undefined => {
    const element = (event.target as Element).closest<HTMLElement>('[data-row]');
    return element ? rows[Number(element.dataset.row)] : undefined;
  };

  // Rows that are scrolled out of view are made into those that come: that is faster than to make new ones.
  const places = Math.ceil(vertical.viewport / ROW) + 2 * BEYOND + 3;
  const draw = (position: number): VNode => {
    const row = rows[position];
    return (
      <div
        key={position % places}
        id={`${id}-${position}`}
        role="row"
        class={position === at ? 'tree-row is-cursor' : 'tree-row'}
        data-row={position}
        aria-rowindex={position + 2}
        aria-level={row.level}
        aria-posinset={row.place}
        aria-setsize={row.siblings}
        aria-expanded={row.open}
        aria-selected={row.id === selected}
        style={{ top: `${headHeight + position * ROW + bar - top}px`, height: `${ROW}px` }}
      >
        <span
          role="gridcell"
          class="tree-name"
          style={{ paddingLeft: `${4 + Math.min(row.level - 1, DEEPEST) * INDENT}px` }}
        >
          <span class={row.open ? 'tree-twisty is-open' : 'tree-twisty'}>
            {row.open !== undefined && <Icon name="chevron" />}
          </span>
          {props.name(row)}
        </span>
        {props.cells(row)}
      </div>
    );
  };
  const madeOf = [rows, at, selected, props.name, props.cells, headHeight, bar - top, places];
  const drawn = useKeptRows({ start: first, end }, madeOf, draw);

  return (
    <div
      ref={scroller}
      class="tree"
      role="treegrid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={at >= first && at < end ? `${id}-${at}` : undefined}
      onScroll={event => setScrolled(Math.floor(event.currentTarget.scrollTop / ROW) * ROW)}
      onKeyDown={onKeyDown}
      onClick={event => {
        const row = rowOf(event);
        if (row) act(row);
      }}
      onContextMenu={event => {
        const row = rowOf(event);
        event.preventDefault();
        if (row) cursor.value = row.id;
        if (row) onMenu?.(row, { x: event.clientX, y: event.clientY });
      }}
    >
      <div role="rowgroup" style={{ height: `${headHeight + spacerLength(vertical)}px` }}>
        <div ref={head} role="row" aria-rowindex={1} class="tree-row tree-head">
          {props.header}
        </div>
        {drawn}
      </div>
    </div>
  );
}
