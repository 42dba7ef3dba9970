import type { Explanation, OpenShape, Problem, Region } from '../../engine';
import type { Position, StepKind, StopReason } from '../../engine';
import type { ArrayRequests } from './arrayRequests';
import type { TraceSummary } from './run';

/** A layer as the strip of layers shows it. */
export interface LayerSummary {
  readonly name: string;
  readonly type: string;
  readonly from: readonly string[];
  /** With the batch that runs; left out from the first layer that does not fit. */
  readonly out?: OpenShape;
  readonly parameterCount: number;
  readonly macs: number;
  readonly formulas: readonly string[];
  /** Whether the session has come this far, forward and backward. */
  readonly ran: boolean;
  readonly ranBackward: boolean;
  readonly broken: boolean;
  /** Whether a breakpoint is set on it. */
  readonly breakpoint: boolean;
}

/** A session as a panel shows it: everything but numbers. */
export interface SessionState {
  readonly network: string;
  /** Label of the network's file. */
  readonly file: string;
  readonly input: { readonly shape: OpenShape; readonly from: string };
  readonly batch: number;
  readonly backward: boolean;
  readonly layers: readonly LayerSummary[];
  readonly position: Position;
  readonly reason: StopReason;
  /** What happened, e.g. the exception's message. */
  readonly text?: string;
  readonly problem?: Problem;
  /** Whether the debugger is attached: breakpoints and watches can then be had. */
  readonly debugging: boolean;
  readonly notes: readonly string[];
}

/** What a step button, or the debug toolbar, does. */
export type SessionAction =
  | { readonly kind: 'step'; readonly step: StepKind }
  | { readonly kind: 'run'; readonly direction: 'onward' | 'reverse' }
  | { readonly kind: 'goTo'; readonly position: Position }
  | { readonly kind: 'batch'; readonly size: number }
  | { readonly kind: 'restart' };

/** What the webview of a network asks. Arrays are named `layer.array`, e.g. `conv1.out`. */
export interface NetworkRequests extends ArrayRequests {
  'session/get': { params: Record<string, never>; result: SessionState };
  /** Resolves when it has stopped again; the state comes as an event to whoever looks. */
  'session/do': { params: { action: SessionAction }; result: void };
  /** Stops what is running. */
  'session/pause': { params: Record<string, never>; result: void };
  /** Steps and arrays of one layer, both directions. */
  'layer/get': { params: { layer: number }; result: TraceSummary };
  'cell/explain': { params: { array: string; index: readonly number[] }; result: Explanation };
  /** Applies a fix of the problem to the network's file; the session starts again from there. */
  'problem/fix': { params: { fix: number }; result: void };
  /** Shows a layer in the network's file. */
  'layer/reveal': { params: { layer: number }; result: void };
  'array/save': { params: { array: string; region: Region }; result: string | undefined };
  'array/copy': { params: { array: string; region: Region }; result: void };
  'picture/save': { params: { name: string; png: ArrayBuffer }; result: string | undefined };
}

export interface NetworkEvents {
  'session/moved': SessionState;
  /** Something runs for a while: how far it is, by layers. */
  'session/running': { readonly layer: number };
}
