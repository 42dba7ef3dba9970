import type {
  Breakpoints,
  Completion,
  Explanation,
  FrameLevel,
  Network,
  OpenShape,
  Position,
  RunningPlace,
  ScopeName,
  Step,
  StepKind,
  Stop,
} from '../../../engine';
import type { LayerSummary, TraceSummary } from '../../../webview/protocol';
import type { RunNote } from '../../run/runNote';
import type { WorkerArrayRequests } from '../arrays/arrayRequests';
import type { KernelRequests } from '../kernels/kernelRequests';
import type { FileContent } from '../runs/engineRequests';

/** A value of a session as its debugger shows it. */
export interface ShownValue {
  /** `(1, 30, 24, 24) float32  -1.25 … 3.5, mean 0.125`; a number with all its digits. */
  readonly text: string;
  /** `float32 array`, `float32`, `tuple` … */
  readonly type: string;
  /** Set of an array. */
  readonly array?: {
    /** What its items are asked for by, until the session moves. */
    readonly handle: number;
    /** Items along its first axis. */
    readonly count: number;
    /** Whether its range is left out of the text, since it would take long to find. */
    readonly isPartial: boolean;
  };
}

/** A variable, or an item of one. */
export interface ShownVariable extends ShownValue {
  readonly name: string;
  /** Gives it again: a variable's from anywhere in the session, an item's where its array was asked for. */
  readonly expression: string;
  readonly settable: boolean;
}

/** What can be asked of a session, also while it moves. */
export interface SessionReading extends WorkerArrayRequests, KernelRequests {
  'layer/get': { params: { layer: number }; result: TraceSummary };
  'cell/explain': { params: { array: string; index: readonly number[] }; result: Explanation };
  'scope/names': { params: { frame: FrameLevel }; result: readonly ScopeName[] };
  'scope/variables': { params: { frame: FrameLevel; scope: ScopeName }; result: readonly ShownVariable[] };
  'value/items': {
    params: { handle: number; start: number; count: number };
    result: readonly ShownVariable[];
  };
  /** The text of an array with its range, however long that takes. */
  'value/range': { params: { handle: number }; result: string };
  /** Bytes of an array's elements in C order, little-endian; fewer where it ends before. */
  'value/bytes': {
    params: { expression: string; frame: FrameLevel; offset: number; count: number };
    result: { readonly bytes: ArrayBuffer; readonly size: number };
  };
  'expression/evaluate': { params: { expression: string; frame: FrameLevel }; result: ShownValue };
  'expression/complete': { params: { text: string; frame: FrameLevel }; result: readonly Completion[] };
  /** What is wrong with an expression; nothing where it can be read. */
  'expression/check': { params: { expression: string }; result: string | undefined };
  /** Why a function breakpoint of that name never stops a run; nothing where it may. */
  'function/check': { params: { name: string }; result: string | undefined };
}

/** What a session does without being started anew. */
export type SessionMovement =
  | { readonly kind: 'step'; readonly step: StepKind }
  | { readonly kind: 'run'; readonly direction: 'onward' | 'reverse' }
  | { readonly kind: 'goTo'; readonly position: Position }
  | {
      readonly kind: 'attribute';
      readonly layer: number;
      readonly name: string;
      readonly expression: string;
    };

/** Where a session has come to. */
export interface Moved {
  readonly stop: Stop;
  /** The operation it stands on, once stepped into a layer. */
  readonly operation?: Step;
  /** Layers that have run forward, from the first, and back, from the last. */
  readonly ran: number;
  readonly ranBackward: number;
  /** Set where they are others than before. */
  readonly layers?: readonly LayerSummary[];
}

export interface StartParams {
  readonly network: Network;
  /** For each file that the network names, its content. */
  readonly files: Readonly<Record<string, FileContent>>;
  readonly saved?: FileContent;
  readonly backward: boolean;
  readonly batch?: number;
  /** Bytes of computed arrays that are kept. */
  readonly budget: number;
}

export interface StartedSession {
  readonly input: { readonly shape: OpenShape; readonly from: string };
  readonly batch: number;
  readonly notes: readonly RunNote[];
  readonly moved: Moved;
}

/** What the host asks of the worker of one session. */
export interface SessionRequests extends SessionReading {
  /** The first request to a worker, once. */
  'session/start': { params: StartParams; result: StartedSession };
  /** One at a time. Resolves when it has stopped again. */
  'session/move': { params: SessionMovement; result: Moved };
  /** Stops the movement that is under way. */
  'session/pause': { params: Record<string, never>; result: void };
  'session/breakpoints': { params: Breakpoints; result: void };
}

export interface SessionEvents {
  /** The layer that a movement has come to. */
  'session/running': RunningPlace;
}
