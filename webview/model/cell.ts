import { sameShape } from '../../engine';

/** A cell of an array of the run. */
export interface CellReference {
  readonly array: string;
  readonly index: readonly number[];
}

export function sameCell(a: CellReference | undefined, b: CellReference | undefined): boolean {
  return a !== undefined && b !== undefined && a.array === b.array && sameShape(a.index, b.index);
}
