import type { WindowGeometry } from '../../../conv';
import type { Work } from '../../work';
import type { Variant } from '../arithmetic';
import type { Box } from './convolutionBoxes';
import type { WindowLayout } from './windows';
import type { Workspace } from '../memory/workspace';

/** The operands of a box of a convolution in the memory of the kernels: addresses. */
export interface PlacedOperands {
  readonly geometry: WindowGeometry;
  readonly box: Box;
  readonly layout: WindowLayout;
  /** The planes that `layout` describes. */
  readonly x: number;
  /** The filters of the box, and a number for each that is added to its map. */
  readonly W: number;
  readonly b: number;
  /** Maps of the box's rows and columns, for each sample one for each filter. */
  readonly out: number;
}

/** A way to compute convolutions. */
export interface ConvolutionMethod {
  /** How the pixels under the windows of a box lie in the memory. */
  layoutOf(geometry: WindowGeometry, box: Box): WindowLayout;
  /** Bytes it takes beside the operands and the result. */
  bytesBeside(variant: Variant, geometry: WindowGeometry, box: Box): number;
  run(workspace: Workspace, variant: Variant, operands: PlacedOperands): Work<void>;
}
