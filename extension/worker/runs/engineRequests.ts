import type {
  Analysis,
  DType,
  Network,
  ParameterInfo,
  Problem,
  Shape,
  SourcePositions,
  SourceRange,
} from '../../../engine';
import type { PanelRequests, RunRequest, RunSummary, TensorFileSummary } from '../../../webview/protocol';
import type { RunNote } from '../../run/runNote';
import type { KernelRequests } from '../kernels/kernelRequests';
import type { ListedFile } from '../networks/chooseInput';
import type { Addressed, WorkerArrayRequests } from '../arrays/arrayRequests';

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

/** What a file holds as the side bar shows it. */
export interface FileListing extends Pick<TensorFileSummary, 'file' | 'format' | 'arrays' | 'notes'> {
  readonly isImage: boolean;
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

/** Something wrong with a network's file: with its text, or with the shapes. */
export interface FileProblem extends Pick<Problem, 'severity' | 'fault' | 'message' | 'fixes'> {
  readonly range: SourceRange;
  /** JSON that, in place of the range, mends it. */
  readonly replacement?: string;
}

/** A network's file as it is understood without running it. */
export interface NetworkReading {
  readonly network: Network;
  readonly positions: SourcePositions;
  readonly analysis: Analysis;
  /** In the order of the file. */
  readonly problems: readonly FileProblem[];
}

/** What is asked about the arrays of layers, wherever they run. */
export type TraceQuestions = WorkerArrayRequests & Pick<PanelRequests, 'cell/explain'>;

/** Questions about a run, with its number. */
export type RunRequests = Addressed<TraceQuestions, { readonly run: number }>;

/** What the host asks of the engine's worker. */
export interface EngineRequests extends RunRequests, KernelRequests {
  'file/index': { params: { file: FileContent }; result: FileIndex };
  'file/list': { params: { file: FileContent }; result: FileListing };
  /** The line of Python that loads the array of that name. */
  'file/python': { params: { file: FileContent; name: string }; result: string };
  'file/thumbnails': {
    params: { file: FileContent; name: string; samples: readonly number[] };
    result: readonly Thumbnail[];
  };
  /**
   * `parameters`: those of the network's files, as they are stored; left out while they are not known. `operands`: the
   * files of its input and targets, by the names that it gives them; left out of it while they cannot be read.
   */
  'network/read': {
    params: {
      text: string;
      parameters: readonly ParameterInfo[] | undefined;
      operands: ReadonlyMap<string, ListedFile>;
    };
    result: NetworkReading;
  };
  /** The text of a network that the arrays of a file may be the parameters of; undefined if they are no weights. */
  'network/propose': { params: { file: FileContent; fileName: string }; result: string | undefined };
  /** `files`: for each file that the request refers to, its content. */
  'run/start': {
    params: { request: RunRequest; files: Readonly<Record<string, FileContent>> };
    result: StartedRun;
  };
  'run/close': { params: { run: number }; result: void };
}
