/** The extent of an axis: a number, or the name of a size that is left open, e.g. `N`. */
export type Extent = number | string;

/** A shape with sizes left open: `["N", 1, 28, 28]`. */
export type OpenShape = readonly Extent[];

/** A product of extents: a number times sizes that are left open, e.g. 30·N. */
interface OpenProduct {
  readonly factor: number;
  /** Names of the open sizes, sorted; one that occurs twice stands twice. */
  readonly names: readonly string[];
}

/** Whether two shapes are equal, open sizes by name. */
export function sameOpenShape(a: OpenShape, b: OpenShape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** Whether all sizes are numbers. */
export function isClosed(shape: OpenShape): shape is readonly number[] {
  return shape.every(extent => typeof extent === 'number');
}

/** The shape with the sizes of `sizes` in place of their names. */
export function bindSizes(shape: OpenShape, sizes: ReadonlyMap<string, number>): OpenShape {
  return shape.map(extent => (typeof extent === 'number' ? extent : (sizes.get(extent) ?? extent)));
}

/** Cells of a shape; open sizes count as 1. */
export function openCells(shape: OpenShape): number {
  let cells = 1;
  for (const extent of shape) if (typeof extent === 'number') cells *= extent;
  return cells;
}

function productOf(extents: readonly Extent[]): OpenProduct {
  const numbers = extents.filter(extent => typeof extent === 'number');
  const names = extents.filter(extent => typeof extent === 'string');
  return { factor: numbers.reduce((a, b) => a * b, 1), names: names.sort() };
}

/** The product of extents as one extent; `undefined` if that is neither a number nor a single open size. */
function productExtent(extents: readonly Extent[]): Extent | undefined {
  const { factor, names } = productOf(extents);
  if (names.length === 0) return factor;
  return names.length === 1 && factor === 1 ? names[0] : undefined;
}

/** Whether two shapes have equally many cells, whatever the open sizes are. */
export function sameCells(a: OpenShape, b: OpenShape): boolean {
  const [left, right] = [productOf(a), productOf(b)];
  return left.factor === right.factor && sameOpenShape(left.names, right.names);
}

/** What to multiply the extents `by` with to get the product of `all`; `undefined` if no one extent will do. */
export function quotientExtent(all: readonly Extent[], by: readonly Extent[]): Extent | undefined {
  const divisor = productOf(by);
  const { factor, names } = productOf(all);
  const left = [...names];
  for (const name of divisor.names) {
    const at = left.indexOf(name);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  if (divisor.factor === 0 || factor % divisor.factor !== 0) return undefined;
  return productExtent([factor / divisor.factor, ...left]);
}
