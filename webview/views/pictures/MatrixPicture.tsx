import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PictureProps, Plane } from './picture';
import { defaultPlane } from './plane';
import { PlanePicture } from './PlanePicture';

export interface MatrixPictureProps extends PictureProps {
  /** Axes 0 and 1 where left out; a vector stands up unless this says otherwise. */
  readonly plane?: Plane;
}

/** A two-dimensional array, or a vector, as a heat map that scrolls and zooms. */
export function MatrixPicture(props: MatrixPictureProps): VNode {
  const { array, plane } = props;
  const shown = useMemo(() => plane ?? defaultPlane(array), [plane, array]);
  return <PlanePicture {...props} plane={shown} fit="width" />;
}
