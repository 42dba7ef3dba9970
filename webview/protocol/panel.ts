import type { Explanation, Region, Stats } from '../../engine';
import type { WireTensor } from './arrays';
import type { RunRequest, RunSummary } from './run';

/** A rectangle of the plane that two axes of an array span, other axes held at `index`. */
export interface PlaneBlocks {
  readonly array: string;
  /** A position on every axis; those of the two drawn axes are ignored. */
  readonly index: readonly number[];
  readonly rowAxis: number;
  readonly columnAxis: number;
  /** First row, number of rows, in cells. The last block may be smaller than the others. */
  readonly rows: readonly [start: number, count: number];
  readonly columns: readonly [start: number, count: number];
  /** Edge of the square of cells that one value stands for. */
  readonly block: number;
}

/** Least, greatest and mean value of each block; NaN where a block holds a NaN. Shape (block rows, block columns) each. */
export interface ReducedPlane {
  readonly min: WireTensor;
  readonly max: WireTensor;
  readonly mean: WireTensor;
}

/** What the panel's webview asks of the extension host. */
export interface PanelRequests {
  /** The run to show. Rejects with the reason where there is none. */
  'run/get': { params: Record<string, never>; result: RunSummary };
  /** Runs again with other choices (what if) and shows the result. Rejects, and keeps the old run, where they cannot work. */
  'run/change': { params: { request: RunRequest }; result: RunSummary };
  /** Runs the same choices again on the files as they are now (Run Conv Layer Again). */
  'run/again': { params: Record<string, never>; result: RunSummary };
  'array/read': { params: { array: string; region: Region }; result: WireTensor };
  'array/reduce': { params: PlaneBlocks; result: ReducedPlane };
  'array/stats': { params: { array: string; region?: Region }; result: Stats };
  'cell/explain': { params: { array: string; index: readonly number[] }; result: Explanation };
  /** Asks for a place and writes the region there as .npy. Resolves to the place, or undefined if the user thought better of it. */
  'array/save': { params: { array: string; region: Region }; result: string | undefined };
  /** The same for a picture that the webview drew. `name` is the proposed file name without its extension. */
  'picture/save': { params: { name: string; png: ArrayBuffer }; result: string | undefined };
  /** Puts the region on the clipboard as NumPy prints it. */
  'array/copy': { params: { array: string; region: Region }; result: void };
}

/** What the extension host tells the webview unasked. */
export interface PanelEvents {
  /** The run was replaced, e.g. by Run Conv Layer Again. */
  'run/changed': RunSummary;
  /** Run Conv Layer Again could not run; the old run stays. */
  'run/refused': { readonly reason: string };
  /** A file of the run is another one now, or gone; the run goes on with what was read of it. `file` is its base name. */
  'file/changed': { readonly file: string; readonly change: 'changed' | 'deleted' };
}

/** What the webview keeps across reloads of the window (`setState`). */
export interface PanelState {
  readonly request: RunRequest;
  /** The step shown. */
  readonly cursor: number;
}
