import type { DType, Shape } from '../../engine';
import type { PanelRequests, RunRequest, RunSummary } from '../../webview/protocol';
import type { RunNote } from '../run/runNote';

/** A file for the worker to read: a path on disk, read by ranges, or the bytes of a file that only VS Code can reach. */
export type FileContent =
  | { readonly kind: 'disk'; readonly path: string }
  | { readonly kind: 'memory'; readonly name: string; readonly bytes: ArrayBuffer };

export interface TensorInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** What a file holds, without its numbers. */
export interface FileIndex {
  readonly isImage: boolean;
  readonly tensors: readonly TensorInfo[];
  /** Parts that were left out and why, as sentences. */
  readonly notes: readonly string[];
}

/** One sample at a glance. */
export interface Thumbnail {
  /** A grey PNG of the first plane, at most {@link THUMBNAIL_EDGE} pixels high and wide, as a data URI. */
  readonly png: string;
  readonly min: number;
  readonly max: number;
}

/** Pixels; what fits a line of a quick pick on a screen of double density. */
export const THUMBNAIL_EDGE = 32;

export interface StartedRun {
  readonly run: number;
  /** Everything but the notes, which the host puts into the user's language. */
  readonly summary: Omit<RunSummary, 'notes'>;
  readonly notes: readonly RunNote[];
}

/** A panel's request about an array, with the number of the run it is meant for. */
interface OfRun<K extends keyof PanelRequests> {
  params: PanelRequests[K]['params'] & { readonly run: number };
  result: PanelRequests[K]['result'];
}

/** What the host asks of the engine's worker. */
export interface EngineRequests {
  'file/index': { params: { file: FileContent }; result: FileIndex };
  'file/thumbnails': {
    params: { file: FileContent; name: string; samples: readonly number[] };
    result: readonly Thumbnail[];
  };
  /** `files`: for each file that the request refers to, its content. */
  'run/start': {
    params: { request: RunRequest; files: Readonly<Record<string, FileContent>> };
    result: StartedRun;
  };
  'run/close': { params: { run: number }; result: void };
  'array/read': OfRun<'array/read'>;
  'array/reduce': OfRun<'array/reduce'>;
  'array/stats': OfRun<'array/stats'>;
  'cell/explain': OfRun<'cell/explain'>;
  /** The region as the bytes of an .npy file. */
  'array/npy': { params: OfRun<'array/save'>['params']; result: ArrayBuffer };
  /** The region as NumPy prints it. */
  'array/text': { params: OfRun<'array/copy'>['params']; result: string };
}
