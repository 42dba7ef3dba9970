import type { VNode } from 'preact';
import type { PictureProps } from './picture';
import type { Plane } from './picture';
/** A two-dimensional array, or a vector, as a heat map that scrolls and zooms. */
export interface MatrixPictureProps extends PictureProps {
  /** Axes 0 and 1 where left out; a vector stands up unless this says otherwise. */
  readonly plane?: Plane;
}

export function MatrixPicture(props: MatrixPictureProps): VNode {
  return <div class="picture">{props.array.name}</div>;
}
