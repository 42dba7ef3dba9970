import type { VNode } from 'preact';
import { isFloat, type DType } from '../../../engine';
import { exact } from '../../draw/format';
import type { CellRectangle } from '../../draw/tiles';
import { t } from '../../l10n';
import type { AxisLabels } from './axes';
import { Failure, useTiles } from './PictureCanvas';
import type { PictureProps, Plane } from './picture';
import { cellOf, defaultPlane, indexOf, planeSize } from './plane';
import { exactReader, piecesOf, withTiles, type SeenCells } from './planePieces';
import { Readout } from './Readout';
import { VirtualTable } from './VirtualTable';

export interface ValuesTableProps extends Pick<
  PictureProps,
  'array' | 'axes' | 'reader' | 'links' | 'selected' | 'reveal' | 'onPoint' | 'onPin'
> {
  /** Axes 0 and 1 where left out. */
  readonly plane?: Plane;
  /** The cells that are marked, and what marks others. */
  readonly region?: CellRectangle;
  onRegion?: (region: CellRectangle | undefined) => void;
}

/** A plane of an array as a table of numbers: the alternative to its picture. */
export function ValuesTable(props: ValuesTableProps): VNode {
  const { array, axes, reader, links, selected, reveal, onPoint, onPin } = props;
  const plane = props.plane ?? defaultPlane(array);
  const { rows, columns } = planeSize(array, plane);
  const { tiles } = useTiles(reader);

  const textsOf = (seen: SeenCells): ((row: number, column: number) => string | undefined) => {
    const pieces = piecesOf({ array, plane }, { rows, columns, cell: 1 }, seen, 1);
    const answers = tiles.want(pieces.flatMap(({ requests }) => requests));
    const valuesOf = exactReader(withTiles(plane, seen, pieces, answers).arrived);
    return (row, column) => {
      const value = valuesOf(row, column)?.[0];
      return value === undefined ? undefined : exact(value, array.dtype);
    };
  };
  return (
    <VirtualTable
      array={array}
      rows={rows}
      columns={columns}
      rowLabel={labelsOf(plane.rowAxis, axes)}
      columnLabel={labelsOf(plane.columnAxis, axes)}
      characters={digitsOf(array.dtype)}
      textsOf={textsOf}
      selected={cellOf(plane, selected)}
      isLinked={cell => links?.has(array.name, indexOf(plane, cell)) ?? false}
      reveal={cellOf(plane, reveal ?? selected)}
      onPoint={cell => onPoint(cell && indexOf(plane, cell))}
      onPin={cell => onPin(indexOf(plane, cell))}
      region={props.region}
      onRegion={props.onRegion}
    >
      {tiles.failure() && <Failure name={array.name} tiles={tiles} />}
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
    </VirtualTable>
  );
}

function labelsOf(axis: number | undefined, axes: readonly AxisLabels[]): (position: number) => string {
  return axis === undefined ? () => t('value') : position => axes[axis].label(position);
}

/** Characters of the longest usual value of a dtype. */
function digitsOf(dtype: DType): number {
  if (!isFloat(dtype)) return dtype.includes('64') ? 12 : 7;
  return dtype === 'float64' ? 21 : 13;
}
