import type { RefObject, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { LayerInfo } from '../../engine';
import type { ColorScale } from '../draw/colorScale';
import type { RangeMode } from '../draw/domain';
import { heldIndex, positionsAt } from '../model/positions';
import type { PictureView } from '../model/pictureView';
import type { RunModel } from '../model/runModel';
import type { ArrayInfo } from '../protocol';
import { axesOf } from '../views/pictures/axes';
import { MapGrid } from '../views/pictures/MapGrid';
import { NumberPicture } from '../views/pictures/NumberPicture';
import type { PictureHandle } from '../views/pictures/picture';
import { PlanePicture } from '../views/pictures/PlanePicture';
import { ValuesTable } from '../views/pictures/ValuesTable';

export interface PictureProps {
  readonly model: RunModel;
  readonly array: ArrayInfo;
  readonly layer: LayerInfo | undefined;
  readonly view: PictureView;
  readonly asTable: boolean;
  readonly scale: ColorScale;
  readonly rangePerMap: RangeMode | undefined;
  readonly handle: RefObject<PictureHandle | null>;
  onEnlarge: () => void;
}

/** The picture of `view`, connected with the selection that all pictures share. */
export function Picture(props: PictureProps): VNode {
  const { model, array, layer, view, asTable, scale, rangePerMap, handle, onEnlarge } = props;
  const { run, reader } = model;
  const axes = useMemo(() => axesOf(array, run.layers, layer?.name), [array, run, layer]);
  const selected = model.selected.value;
  const links = model.links.value;
  const isHere = selected?.array === array.name;
  const held = heldIndex(array, layer, model.positions.value);
  const common = {
    array,
    axes,
    reader,
    scale,
    links,
    handle,
    selected: isHere ? selected.index : undefined,
    reveal: isHere ? undefined : links?.first(array.name),
    onPoint: (index: readonly number[] | undefined) => index && model.point({ array: array.name, index }),
    onPin: (index: readonly number[]) => model.pin({ array: array.name, index }),
  };
  if (view.kind === 'number') return <NumberPicture {...common} />;
  const { rowAxis, columnAxis } = view;
  const plane = { rowAxis, columnAxis, index: held };

  if (asTable) return <ValuesTable {...common} plane={plane} />;
  switch (view.kind) {
    case 'matrix':
      return <PlanePicture {...common} plane={plane} fit="width" />;
    case 'image':
      return <PlanePicture {...common} plane={plane} fit="whole" padding={paddingOf(array, layer)} />;
    case 'maps':
      return (
        <MapGrid
          {...common}
          {...view}
          index={held}
          rangePerMap={rangePerMap}
          onEnlarge={index => {
            model.positions.value = positionsAt(array, run.layers, index, model.positions.value);
            onEnlarge();
          }}
        />
      );
  }
}

/** The frame of padding that arrays over padded positions have. */
function paddingOf(
  array: ArrayInfo,
  layer: LayerInfo | undefined,
): readonly [number, number, number, number] | undefined {
  if (!layer) return undefined;
  const { vertical, horizontal } = layer.geometry;
  const isPadded = array.arrangements[layer.name].some(([variable]) => variable === 'hp');
  return isPadded ? [vertical.before, horizontal.before, vertical.after, horizontal.after] : undefined;
}
