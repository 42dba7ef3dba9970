import type { RefObject, VNode } from 'preact';
import type { ColorScale } from '../../draw/colorScale';
import type { RangeMode } from '../../draw/domain';
import { LinePicture } from '../../views/line/LinePicture';
import type { ArrayReader } from '../../views/pictures/arrayReader';
import { MapGrid } from '../../views/pictures/MapGrid';
import type { MarkedRegion, PictureHandle } from '../../views/pictures/picture';
import { PlanePicture } from '../../views/pictures/PlanePicture';
import { ValuesTable } from '../../views/pictures/ValuesTable';
import type { InspectorClient } from '../client';
import { isGrid, type DrawnAxes } from './drawnAxes';
import { NumberView } from './NumberView';
import type { ShownArray } from './shownArray';
import type { ViewName } from './viewChoices';

export interface ArrayPictureProps {
  readonly client: InspectorClient;
  readonly reader: ArrayReader;
  readonly shown: ShownArray;
  readonly view: ViewName;
  readonly drawn: DrawnAxes;
  readonly scale: ColorScale;
  readonly rangePerMap: RangeMode | undefined;
  readonly selected: readonly number[] | undefined;
  readonly region: MarkedRegion | undefined;
  readonly handle: RefObject<PictureHandle | null>;
  onSelect: (index: readonly number[]) => void;
  onRegion: (region: MarkedRegion | undefined) => void;
  /** One of the small pictures was chosen: the index of the cell that was clicked in it. */
  onEnlarge: (index: readonly number[]) => void;
}

/** The chosen view of a slice. */
export function ArrayPicture(props: ArrayPictureProps): VNode {
  const { client, reader, shown, view, drawn, scale, rangePerMap, selected, handle, onEnlarge } = props;
  const { array, axes } = shown;
  const { rowAxis, columnAxis, gridAxes, channels, index } = drawn;
  const plane = { rowAxis, columnAxis, index };
  const common = {
    array,
    axes,
    reader,
    scale,
    selected,
    handle,
    onPoint: () => undefined,
    onPin: props.onSelect,
  };
  const marking = { region: props.region, onRegion: props.onRegion };

  if (view === 'number') return <NumberView client={client} array={array} />;
  if (view === 'table') return <ValuesTable {...common} {...marking} plane={plane} />;
  if (isGrid(view) && rowAxis !== undefined && columnAxis !== undefined) {
    const [downwards, across] = gridAxes;
    const isMatrix = gridAxes.length === 2 && array.shape[downwards] > 1 && array.shape[across] > 1;
    return (
      <MapGrid
        {...common}
        {...marking}
        rowAxis={rowAxis}
        columnAxis={columnAxis}
        gridAxes={gridAxes}
        channels={channels}
        index={index}
        rangePerMap={rangePerMap}
        perRow={isMatrix ? array.shape[across] : undefined}
        onEnlarge={onEnlarge}
      />
    );
  }
  if (view === 'line' && columnAxis !== undefined)
    return <LinePicture {...common} {...marking} axis={columnAxis} index={index} />;
  const fit = view === 'colour' || isImage(shown, drawn) ? 'whole' : 'width';
  return <PlanePicture {...common} {...marking} plane={plane} channels={channels} fit={fit} />;
}

/** Whether all of a plane is to be seen at first, rather than the beginning of it in cells of a comfortable size. */
function isImage({ array, names }: ShownArray, { rowAxis, columnAxis }: DrawnAxes): boolean {
  if (rowAxis === undefined || columnAxis === undefined) return false;
  const [rows, columns] = [array.shape[rowAxis], array.shape[columnAxis]];
  return names[rowAxis] !== '' || Math.max(rows, columns) <= 4 * Math.min(rows, columns);
}
