import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import {
  contentOffset,
  offsetShowing,
  scrollPosition,
  spacerLength,
  visibleSpan,
  type ScrollAxis,
} from '../../draw/layout';
import { Icon } from '../../icons';
import { useClientSize } from '../../views/pictures/CanvasViewport';
import type { TreeRow } from './treeRows';

/** Height of a row, in CSS pixels; as VS Code's own lists. */
const ROW = 22;
/** Rows drawn above and below those in view, so that scrolling shows no gap before the next frame. */
const BEYOND = 6;

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
  const drawn = rows.slice(first, seen.end + BEYOND);
  const found = rows.findIndex(row => row.id === cursor.value);
  const at = Math.max(0, found);

  const show = (position: number): void => {
    const offset = offsetShowing(position, ROW, scroller.current?.scrollTop ?? 0, vertical.viewport);
    scroller.current?.scrollTo({ top: scrollPosition(vertical, offset) });
  };
  const goTo = (position: number): void => {
    if (rows.length === 0) return;
    const target = Math.max(0, Math.min(rows.length - 1, position));
    cursor.value = rows[target].id;
    show(target);
  };
  useLayoutEffect(() => {
    if (found >= 0 && height > 0) show(found);
  }, [cursor.value, height > 0]);
  useEffect(() => onView?.(rows.slice(seen.start, seen.end)), [rows, seen.start, seen.end]);

  const rowElement = (position: number): Element | null => document.getElementById(`${id}-${position}`);
  const menuAtCursor = (): void => {
    const box = rowElement(at)?.getBoundingClientRect();
    if (box && at in rows) onMenu?.(rows[at], { x: box.left + ROW * 2, y: box.bottom });
  };
  const keys: Record<string, (() => void) | undefined> = {
    ArrowUp: () => goTo(at - 1),
    ArrowDown: () => goTo(found < 0 ? 0 : at + 1),
    Home: () => goTo(0),
    End: () => goTo(rows.length - 1),
    PageUp: () => goTo(at - Math.max(1, Math.floor(vertical.viewport / ROW) - 1)),
    PageDown: () => goTo(at + Math.max(1, Math.floor(vertical.viewport / ROW) - 1)),
    ArrowRight() {
      if (rows[at].open === false) onFold(rows[at], true);
      else if (rows[at].open) goTo(at + 1);
    },
    ArrowLeft() {
      if (rows[at].open) onFold(rows[at], false);
      else if (rows[at].parent >= 0) goTo(rows[at].parent);
    },
    Enter: () => act(rows[at]),
    ' ': () => act(rows[at]),
    ContextMenu: menuAtCursor,
  };
  const act = (row: TreeRow<T>): void => {
    cursor.value = row.id;
    if (row.open === undefined) onOpen(row);
    else onFold(row, !row.open);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (rows.length === 0) return;
    const run = event.key === 'F10' && event.shiftKey ? menuAtCursor : keys[event.key];
    if (!run) return;
    run();
    event.preventDefault();
    event.stopPropagation();
  };
  const rowOf = (event: Event): TreeRow<T> | undefined => {
    const element = (event.target as Element).closest<HTMLElement>('[data-row]');
    return element ? rows[Number(element.dataset.row)] : undefined;
  };

  return (
    <div
      ref={scroller}
      class="tree"
      role="treegrid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={at >= first && at < first + drawn.length ? `${id}-${at}` : undefined}
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
        {drawn.map((row, i) => {
          const position = first + i;
          return (
            <div
              key={row.id}
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
              style={{ top: `${bar + headHeight + position * ROW - top}px`, height: `${ROW}px` }}
            >
              <span
                role="gridcell"
                class="tree-name"
                style={{ paddingLeft: `${4 + Math.min(row.level - 1, 12) * 12}px` }}
              >
                <span class={row.open ? 'tree-twisty is-open' : 'tree-twisty'}>
                  {row.open !== undefined && <Icon name="chevron" />}
                </span>
                {props.name(row)}
              </span>
              {props.cells(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
