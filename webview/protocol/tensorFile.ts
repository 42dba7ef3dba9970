import type { BrowserImageType, RawLayout, Region } from '../../engine';
import type { ArrayRequests } from './arrayRequests';
import type { PackedSummary } from './packedSummary';

/** What opening a file leads to: its arrays, or a question back. */
export type OpeningResult =
  | { readonly kind: 'arrays'; readonly summary: PackedSummary }
  /** An image that only the browser decodes; answer by `file/pixels`. */
  | { readonly kind: 'image'; readonly type: BrowserImageType; readonly bytes: ArrayBuffer }
  /** Bytes that say nothing of themselves; answer by `file/raw`. `remembered` is the last answer for this file. */
  | { readonly kind: 'raw'; readonly file: string; readonly size: number; readonly remembered?: RawLayout };

/** An array at a glance. */
export interface ArraySketch {
  /** Equal bins from min to max; one if all values are equal, none if none is finite. */
  readonly histogram: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  /** Elements looked at: fewer than the array has where it is large. */
  readonly seen: number;
}

export type SaveFormat = 'npy' | 'npz' | 'csv' | 'safetensors' | 'png8' | 'png16';

/** `numpy`: an expression that makes the array; `tsv`: for a spreadsheet; `python`: the line that loads it from the file. */
export type CopyFormat = 'numpy' | 'tsv' | 'python';

/** What the tensor editor's webview asks of the extension host. `array` is an {@link arrayId}. */
export interface TensorFileRequests extends ArrayRequests {
  /** Rejects with the reason where the file cannot be read. */
  'file/open': { params: Record<string, never>; result: OpeningResult };
  'file/pixels': {
    params: { width: number; height: number; rgba: ArrayBuffer };
    result: PackedSummary;
  };
  'file/raw': { params: { layout: RawLayout }; result: PackedSummary };
  /** As in {@link ArrayRequests}; `progress` is a number of the asker's choosing for the `array/progress` events. */
  'array/stats': {
    params: ArrayRequests['array/stats']['params'] & { progress?: number };
    result: ArrayRequests['array/stats']['result'];
  };
  'array/sketch': { params: { array: string }; result: ArraySketch };
  /** Elements of an array of texts or dates, in C order. */
  'array/texts': { params: { array: string; region: Region }; result: readonly string[] };
  /** Asks for a place and writes the region there. Resolves to the place, or undefined if the user thought better of it. */
  'array/save': {
    params: { array: string; region: Region; format: SaveFormat };
    result: string | undefined;
  };
  'picture/save': { params: { name: string; png: ArrayBuffer }; result: string | undefined };
  'array/copy': { params: { array: string; region: Region; as: CopyFormat }; result: void };
  /** Run Conv Layer with this whole array; asks for the rest. */
  'array/run': { params: { array: string; as: 'weights' | 'input' }; result: void };
  /** What is on show, for the status bar: `text` is e.g. `W1[3, 0] (5, 5) float64`. Nothing where nothing is. */
  'selection/show': { params: { text?: string }; result: void };
}

/** What the extension host tells the tensor editor's webview unasked. */
export interface TensorFileEvents {
  /**
   * The file was read anew after a change on disk. `changed`: names of the arrays that are new or have other values.
   * `isCompared`: whether values could be compared; nothing is known of those of a file that changes at once again.
   */
  'file/replaced': {
    readonly summary: PackedSummary;
    readonly changed: readonly string[];
    readonly isCompared: boolean;
  };
  /** The file changed and cannot be read now, or is gone: what was read stays on show. */
  'file/lost': { readonly reason: string };
  /** The file changed and has a question again, such as an image for its pixels: ask `file/open` once more. */
  'file/reopen': undefined;
  /** Show this array: it was chosen in the side bar, or a command names it. */
  'array/show': { readonly name: string };
  /** How much of the work is done, 0 to 1. */
  'array/progress': { readonly progress: number; readonly fraction: number };
}

/** What requests call the array at `position` of the list, or a slice of it such as `[3, ::2]`. */
export function arrayId(position: number, slice = ''): string {
  return `${position}${slice}`;
}

/** The inverse of {@link arrayId}. */
export function parseArrayId(id: string): { position: number; slice: string } {
  const [position] = id.split('[', 1);
  return { position: Number(position), slice: id.slice(position.length) };
}
