import type { WindowGeometry } from '../../../conv';
import type { Work } from '../../work';
import type { Variant } from '../arithmetic';
import type { Box } from './convolutionBoxes';
import type { PartOfK } from '../product/product';
import type { WindowLayout } from './windows';
import type { Workspace } from '../memory/workspace';

/** A box of rows r = (n, oh, ow) and filters of a gradient of weights in the memory of the kernels: addresses. */
export interface PlacedGradients {
  readonly geometry: WindowGeometry;
  readonly box: Box;
  readonly layout: WindowLayout;
  /** The planes that `layout` describes. */
  readonly x: number;
  /** Maps of the box's rows and columns, for each sample one for each filter. */
  readonly dout: number;
  /** Which of the parts of all rows the box is. */
  readonly part: PartOfK;
  /** The gradient of the box's filters, which is there after the last part. */
  readonly to: number;
}

/** A way to compute gradients of weights, from some rows of col at a time. */
export interface GradientMethod {
  /** Its windows are read in tiles of so many rows and columns. */
  readonly multiple: number;
  /** Bytes of the sums that are kept between the parts of the rows, for the filters of a box. */
  bytesOfSums(
    machine: Pick<Workspace, 'set' | 'threads'>,
    variant: Variant,
    geometry: WindowGeometry,
    box: Box,
  ): number;
  /** Bytes it takes beside the operands, the sums and the result. */
  bytesBeside(variant: Variant, geometry: WindowGeometry, box: Box): number;
  run(workspace: Workspace, variant: Variant, gradients: PlacedGradients): Work<void>;
}
