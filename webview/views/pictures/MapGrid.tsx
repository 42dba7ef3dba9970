import type { VNode } from 'preact';
import type { PictureProps } from './picture';
import type { RangeMode } from '../../draw/domain';
/** Many small planes of an array, side by side. */
export interface MapGridProps extends PictureProps {
  /** Axes of each small plane. */
  readonly rowAxis: number;
  readonly columnAxis: number;
  /** Axes whose positions are the maps, the slowest first; all others are held at `index`. */
  readonly gridAxes: readonly number[];
  readonly index: readonly number[];
  /** Where given, each map is coloured over its own range of values, chosen so; otherwise all over that of `scale`. */
  readonly rangePerMap?: RangeMode;
  /** A map was clicked, or chosen with Enter: its position on every axis, with 0 on those of the plane. */
  onEnlarge?(index: readonly number[]): void;
}

export function MapGrid(props: MapGridProps): VNode {
  return <div class="picture">{props.array.name}</div>;
}
