import type { VNode } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isFloat, type DType } from '../../../engine';
import { exact } from '../../draw/format';
import {
  contentOffset,
  offsetShowing,
  scrollPosition,
  spacerLength,
  visibleSpan,
  type ScrollAxis,
  type Span,
} from '../../draw/layout';
import { t } from '../../l10n';
import type { AxisLabels } from './axes';
import { useClientSize } from './CanvasViewport';
import { moved, type PlaneCell } from './cursor';
import { Readout } from './Readout';
import { useTiles } from './PictureCanvas';
import type { PictureProps, Plane } from './picture';
import { cellOf, defaultPlane, indexOf, planeSize } from './plane';
import { piecesOf, valueReader, withTiles } from './planePieces';

const ROW = 22;
/** Width of a character of the table's font. */
const CHARACTER = 7.3;
const PADDING = 12;

export interface ValuesTableProps extends Pick<
  PictureProps,
  'array' | 'axes' | 'reader' | 'links' | 'selected' | 'reveal' | 'onPoint' | 'onPin'
> {
  /** Axes 0 and 1 where left out. */
  readonly plane?: Plane;
}

/** A plane of an array as a table of numbers: the alternative to its picture. Only what is seen is in the document. */
export function ValuesTable(props: ValuesTableProps): VNode {
  const { array, axes, reader, links, selected, reveal, onPoint, onPin } = props;
  const plane = props.plane ?? defaultPlane(array);
  const { rows, columns } = planeSize(array, plane);
  const scroller = useRef<HTMLDivElement>(null);
  const size = useClientSize(scroller);
  const [scroll, setScroll] = useState({ left: 0, top: 0 });
  const [cursor, setCursor] = useState<PlaneCell>({ row: 0, column: 0 });
  const { tiles } = useTiles(reader);
  const id = useId();

  const rowLabels = labelsOf(plane.rowAxis, axes);
  const columnLabels = labelsOf(plane.columnAxis, axes);
  const header = widthOf(rowLabels(rows - 1));
  const column = Math.max(widthOf(columnLabels(columns - 1)), CHARACTER * digitsOf(array.dtype) + PADDING);
  const horizontal: ScrollAxis = { content: columns * column, viewport: Math.max(0, size.width - header) };
  const vertical: ScrollAxis = { content: rows * ROW, viewport: Math.max(0, size.height - ROW) };
  const left = contentOffset(horizontal, scroll.left);
  const top = contentOffset(vertical, scroll.top);
  const seen = {
    rows: visibleSpan(top, vertical.viewport, ROW, rows),
    columns: visibleSpan(left, horizontal.viewport, column, columns),
  };
  const pieces = piecesOf({ array, plane }, { rows, columns, cell: ROW }, seen, 1);
  const { arrived } = withTiles(plane, seen, pieces, tiles.want(pieces.flatMap(({ requests }) => requests)));

  const valuesOf = valueReader(arrived);

  const show = (cell: PlaneCell): void => {
    const x = offsetShowing(cell.column, column, left, horizontal.viewport);
    const y = offsetShowing(cell.row, ROW, top, vertical.viewport);
    scroller.current?.scrollTo(scrollPosition(horizontal, x), scrollPosition(vertical, y));
  };
  const revealed = cellOf(plane, reveal ?? selected);
  useLayoutEffect(() => {
    if (revealed && size.width > 0) show(revealed);
  }, [revealed?.row, revealed?.column, size.width > 0]);

  const goTo = (cell: PlaneCell): void => {
    setCursor(cell);
    onPoint(indexOf(plane, cell));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = moved(event, cursor, { rows, columns }, Math.max(1, seen.rows.end - seen.rows.start - 2));
    if (target) {
      show(target);
      goTo(target);
    } else if (event.key === 'Enter' || event.key === ' ') onPin(indexOf(plane, cursor));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const cellId = (row: number, at: number): string => `${id}-${row}-${at}`;
  // Rows lie where the scroll bar is, shifted by what of the content is beyond it.
  const y = (row: number): number => scroll.top + ROW + row * ROW - top;
  const x = (at: number): number => scroll.left + header + at * column - left;
  return (
    <div class="picture values-table" data-role={array.role} data-array={array.name}>
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
        onKeyDown={onKeyDown}
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
              {t('index')}
            </span>
            {positions(seen.columns).map(at => (
              <span
                key={at}
                role="columnheader"
                aria-colindex={at + 2}
                style={{ left: `${x(at)}px`, width: `${column}px` }}
              >
                {columnLabels(at)}
              </span>
            ))}
          </div>
          {positions(seen.rows).map(row => (
            <div key={row} role="row" aria-rowindex={row + 2} style={{ top: `${y(row)}px` }}>
              <span role="rowheader" aria-colindex={1} style={{ width: `${header}px` }}>
                {rowLabels(row)}
              </span>
              {positions(seen.columns).map(at => {
                const cell = { row, column: at };
                const index = indexOf(plane, cell);
                const value = valuesOf(row, at)?.[0];
                const isSelected = selected?.join() === index.join();
                return (
                  <span
                    key={at}
                    id={cellId(row, at)}
                    role="gridcell"
                    aria-colindex={at + 2}
                    aria-selected={isSelected}
                    class={links?.has(array.name, index) ? 'is-linked' : undefined}
                    data-cursor={cursor.row === row && cursor.column === at ? '' : undefined}
                    style={{ left: `${x(at)}px`, width: `${column}px` }}
                    onPointerEnter={() => onPoint(index)}
                    onClick={() => {
                      setCursor(cell);
                      onPin(index);
                    }}
                  >
                    {value === undefined ? '…' : exact(value, array.dtype)}
                  </span>
                );
              })}
            </div>
          ))}
        </div>
      </div>
      <div class="picture-footer">
        <Readout
          array={array}
          axes={axes}
          reader={reader}
          index={selected}
          values={undefined}
          spoken={false}
        />
      </div>
    </div>
  );
}

function labelsOf(axis: number | undefined, axes: readonly AxisLabels[]): (position: number) => string {
  return axis === undefined ? () => '' : position => axes[axis].label(position);
}

function widthOf(label: string): number {
  return Math.ceil(label.length * CHARACTER + PADDING);
}

/** Characters of the longest usual value of a dtype. */
function digitsOf(dtype: DType): number {
  if (!isFloat(dtype)) return 7;
  return dtype === 'float64' ? 21 : 13;
}

function positions({ start, end }: Span): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** Only the cells in view are elements, and so can be pointed at. */
function isIn({ rows, columns }: { rows: Span; columns: Span }, { row, column }: PlaneCell): boolean {
  return row >= rows.start && row < rows.end && column >= columns.start && column < columns.end;
}
