import type { VNode } from 'preact';
import type { PictureProps } from './picture';
import type { Plane } from './picture';
/** A plane of an array as a table of numbers: the alternative to its picture. */
export interface ValuesTableProps extends Pick<
  PictureProps,
  'array' | 'axes' | 'reader' | 'links' | 'selected' | 'reveal' | 'onPoint' | 'onPin'
> {
  /** Axes 0 and 1 where left out. */
  readonly plane?: Plane;
}

export function ValuesTable(props: ValuesTableProps): VNode {
  return <div class="picture">{props.array.name}</div>;
}
