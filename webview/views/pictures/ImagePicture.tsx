import type { VNode } from 'preact';
import type { PictureProps, Plane } from './picture';
import { PlanePicture } from './PlanePicture';
import type { Edges } from './planeScene';

export interface ImagePictureProps extends PictureProps {
  readonly plane: Plane;
  /** Cells at the edges of the plane that are padding and get hatched. */
  readonly padding?: Edges;
}

/** One plane of an array as an image: all of it, in cells as large as fit. */
export function ImagePicture(props: ImagePictureProps): VNode {
  return <PlanePicture {...props} fit="whole" />;
}
