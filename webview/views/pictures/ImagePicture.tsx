import type { VNode } from 'preact';
import type { PictureProps } from './picture';
import type { Plane } from './picture';
/** One plane of an array as an image: large square cells, ticks on its axes. */
export interface ImagePictureProps extends PictureProps {
  readonly plane: Plane;
  /** Cells at the edges of the plane that are padding and get hatched. */
  readonly padding?: readonly [top: number, left: number, bottom: number, right: number];
}

export function ImagePicture(props: ImagePictureProps): VNode {
  return <div class="picture">{props.array.name}</div>;
}
