import type { Explanation, HistogramRange, Region, ScaledHistogram, Stats } from '../../engine';
import type { WireTensor } from './arrays';

/** A rectangle of the plane that two axes of an array span, other axes held at `index`. */
export interface PlaneBlocks {
  readonly array: string;
  /** A position on every axis; those of the two drawn axes are ignored. */
  readonly index: readonly number[];
  /** Left out for a plane of one row; its blocks are then so many cells long, and one high. */
  readonly rowAxis?: number;
  readonly columnAxis: number;
  /** First row, number of rows, in cells. The last block may be smaller than the others. */
  readonly rows: readonly [start: number, count: number];
  readonly columns: readonly [start: number, count: number];
  /** Edge of the square of cells that one value stands for. */
  readonly block: number;
  /** Whether the least and the greatest value of each block are wanted, too: twice as much again to send. */
  readonly extremes?: boolean;
}

/** Values of each block; NaN where a block holds a NaN. Shape (block rows, block columns) each. */
export interface ReducedPlane {
  readonly mean: WireTensor;
  /** There where they were wanted. */
  readonly extremes?: { readonly min: WireTensor; readonly max: WireTensor };
  /** Set where the plane was too large to be read through: 1 row (of a single row, 1 element) in this many was. */
  readonly sampled?: number;
}

/** Of an array with more elements a sample is looked at, where that will do: reading all of them takes seconds. */
export const LARGE_ARRAY = 1 << 24;

/** How values are spread along a scaling. */
export interface Spread extends ScaledHistogram {
  /** Whether it is that of a sample of a large array. */
  readonly isSample: boolean;
}

/** What every view of arrays asks. `array` names an array of the run or of the file on show. */
export interface ArrayRequests {
  'array/read': { params: { array: string; region: Region }; result: WireTensor };
  'array/reduce': { params: PlaneBlocks; result: ReducedPlane };
  'array/stats': { params: { array: string; region?: Region }; result: Stats };
  'array/histogram': { params: HistogramRange & { array: string; region?: Region }; result: Spread };
}

/** What every view of the steps of layers asks. */
export interface TraceRequests extends ArrayRequests {
  'cell/explain': { params: { array: string; index: readonly number[] }; result: Explanation };
  /** Asks for a place and writes the region there as .npy. Resolves to the place, or undefined if the user thought better of it. */
  'array/save': { params: { array: string; region: Region }; result: string | undefined };
  /** The same for a picture that the webview drew. `name` is the proposed file name without its extension. */
  'picture/save': { params: { name: string; png: ArrayBuffer }; result: string | undefined };
  /** Puts the region on the clipboard as NumPy prints it. */
  'array/copy': { params: { array: string; region: Region }; result: void };
}
