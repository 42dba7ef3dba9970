import type { BrowserImageType, RawLayout, Region } from '../../../engine';
import type { ArraySketch, PackedSummary, TensorFileRequests } from '../../../webview/protocol';
import type { DiskFile } from '../../workspace/fileSource';
import type { Addressed, WorkerArrayRequests } from '../arrays/arrayRequests';
import type { FileContent } from '../runs/engineRequests';

/** What opening a file in its worker leads to. */
export type DocumentContent =
  | { readonly kind: 'arrays'; readonly summary: PackedSummary }
  /** An image that only the browser decodes; `document/pixels` brings its arrays. */
  | { readonly kind: 'image'; readonly type: BrowserImageType; readonly bytes: ArrayBuffer }
  /** Bytes that say nothing of themselves: to be opened again with a layout. */
  | { readonly kind: 'raw'; readonly size: number };

export interface OpenedDocument {
  readonly content: DocumentContent;
  /** What was read on disk, as it was: the file, then others that it leads to. */
  readonly files: readonly DiskFile[];
}

/** A request that may take long says how far it is under a number of the asker's choosing. */
export interface Progressing {
  readonly progress?: number;
}

/** What the host asks of the worker of one file. `array` is an `arrayId`. */
export interface DocumentRequests extends Addressed<WorkerArrayRequests, Progressing> {
  /** The first request to a worker, once. */
  'document/open': { params: { file: FileContent; raw?: RawLayout }; result: OpenedDocument };
  'document/pixels': { params: TensorFileRequests['file/pixels']['params']; result: PackedSummary };
  /** For each array of the summary a digest of its values, where it could be made. */
  'document/fingerprints': { params: Record<string, never>; result: readonly (string | undefined)[] };
  'array/sketch': { params: { array: string }; result: ArraySketch };
  /** The line of Python that loads the array, or the slice of it. */
  'array/python': { params: { array: string }; result: string };
  'array/texts': { params: { array: string; region: Region }; result: readonly string[] };
}

export interface DocumentEvents {
  'array/progress': { readonly progress: number; readonly fraction: number };
  /** Bytes of the file were read: the worker is not stuck. */
  'document/alive': undefined;
}
