import { GeometryError, sizeFormula, type WindowGeometry } from '../../conv';
import { compactShape } from '../../tensor';
import type { Extent, OpenShape } from '../openShape';
import { LayerMisfit, type Inferred } from './kind';

/**
 * The windows of a layer.
 * @param keys where a fault of the windows themselves, or of x, is to be shown
 * @param operands their shapes, for the message
 * @throws LayerMisfit if `geometry` throws that they do not fit
 */
export function fittingWindows(
  type: string,
  keys: Readonly<Partial<Record<GeometryError['at'], string>>>,
  operands: Readonly<Record<string, OpenShape | undefined>>,
  geometry: () => WindowGeometry,
): WindowGeometry {
  try {
    return geometry();
  } catch (error) {
    if (!(error instanceof GeometryError)) throw error;
    const { fault, at, reason } = error;
    const shapes = Object.entries(operands)
      .flatMap(([name, shape]) => (shape ? [`${name} ${compactShape(shape)}`] : []))
      .join(', ');
    throw new LayerMisfit(fault, keys[at] ?? at, `${type}: ${reason}: ${shapes}`);
  }
}

/** Out (N, FN, OH, OW) and how its sizes come about. */
export function windowsOutput(
  N: Extent,
  windows: WindowGeometry,
): Pick<Inferred, 'out' | 'formulas' | 'windows'> {
  const { FN, vertical, horizontal } = windows;
  const out: OpenShape = [N, FN, vertical.out, horizontal.out];
  return { out, formulas: [sizeFormula('H', vertical), sizeFormula('W', horizontal)], windows };
}
