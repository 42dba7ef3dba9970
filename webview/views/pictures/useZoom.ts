import { useState } from 'preact/hooks';
import type { ZoomControlProps } from '../../controls';
import { LARGEST_CELL, SMALLEST_CELL, zoomed } from '../../draw/layout';
import type { Point } from './CanvasViewport';

export interface Zoom {
  readonly cell: number;
  /** Zooms by a step. @param around the point of the viewport that stays where it is; its middle by default */
  by(direction: 1 | -1, around?: Point): void;
  fit(): void;
  readonly control: ZoomControlProps;
}

/**
 * @param content what is shown: other content starts with its own initial cell again
 * @param initial the cell until the user chooses one
 * @param fitting the cell with which everything fits
 * @param beforeChange called before the cell changes
 * @param steps `doubling` has no smallest cell: content of any length fits
 */
export function useZoom(
  content: string,
  initial: number,
  fitting: number,
  beforeChange?: (around?: Point) => void,
  steps: 'round' | 'doubling' = 'round',
): Zoom {
  const [chosen, choose] = useState<{ content: string; cell: number }>();
  const cell = chosen?.content === content ? chosen.cell : initial;
  const smallest = steps === 'round' ? SMALLEST_CELL : fitting;
  const next = (direction: 1 | -1): number =>
    steps === 'round'
      ? zoomed(cell, direction)
      : Math.max(smallest, Math.min(LARGEST_CELL, cell * 2 ** direction));
  const by = (direction: 1 | -1, around?: Point): void => {
    beforeChange?.(around);
    choose({ content, cell: next(direction) });
  };
  const fit = (): void => choose({ content, cell: fitting });
  return {
    cell,
    by,
    fit,
    control: {
      cell,
      canZoomIn: cell < LARGEST_CELL,
      canZoomOut: cell > smallest,
      onZoomIn: () => by(1),
      onZoomOut: () => by(-1),
      onFit: fit,
    },
  };
}
