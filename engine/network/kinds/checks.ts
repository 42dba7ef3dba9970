import { compactShape } from '../../tensor';
import { openCells, type Extent, type OpenShape } from '../openShape';
import { LayerMisfit, type Inferred } from './kind';

/** A shape with samples and features, perhaps more axes. @throws LayerMisfit if x has fewer than `least` axes */
export function requireAxes(type: string, x: OpenShape, least: number): void {
  if (x.length < least) {
    const reason = `x must have at least ${least} axes, it has the shape ${compactShape(x)}`;
    throw new LayerMisfit('rank', 'from', `${type}: ${reason}`);
  }
}

/** A size that has to be known. @throws LayerMisfit if it is left open */
export function requireSize(type: string, what: string, size: Extent, x: OpenShape): number {
  if (typeof size === 'number') return size;
  const reason = `${what} of x ${compactShape(x)} is left open as ${size}: give it a number in the input's shape`;
  throw new LayerMisfit('openSize', 'from', `${type}: ${reason}`);
}

/** A picture or a batch of them: (N, C, H, W) with all sizes but N known. @throws LayerMisfit if it is not */
export function requireMaps(
  type: string,
  x: OpenShape,
): readonly [N: Extent, C: number, H: number, W: number] {
  if (x.length !== 4) {
    const reason = `x must have the four axes (N,C,H,W), it has the shape ${compactShape(x)}`;
    throw new LayerMisfit('rank', 'from', `${type}: ${reason}`);
  }
  const [N, C, H, W] = x;
  return [N, requireSize(type, 'C', C, x), requireSize(type, 'H', H, x), requireSize(type, 'W', W, x)];
}

/** Numbers of one sample, once it is flat. @throws LayerMisfit if a size is left open */
export function requireFlatSize(type: string, x: OpenShape): number {
  requireAxes(type, x, 2);
  x.slice(1).forEach((extent, axis) => requireSize(type, `axis ${axis + 1}`, extent, x));
  return openCells(x.slice(1));
}

/** The axis counted from the first. @throws LayerMisfit if x has no such axis */
export function requireAxis(type: string, axis: number, x: OpenShape): number {
  const counted = axis < 0 ? axis + x.length : axis;
  if (counted >= 0 && counted < x.length) return counted;
  const reason = `axis is ${axis}, x has ${x.length} axes: x ${compactShape(x)}`;
  throw new LayerMisfit('axis', 'axis', `${type}: ${reason}`);
}

/** What is known of a layer that has no parameters, windows or multiply-adds. */
export function plain(out: OpenShape, ...formulas: readonly string[]): Inferred {
  return { out, formulas, parameters: {}, macs: 0 };
}

/** The shapes of the parameters that there are. */
export function present(
  shapes: Readonly<Record<string, readonly number[] | undefined>>,
): Record<string, readonly number[]> {
  const there: Record<string, readonly number[]> = {};
  for (const [role, shape] of Object.entries(shapes)) if (shape) there[role] = shape;
  return there;
}
