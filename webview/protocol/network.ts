import type {
  AttributeValues,
  LogLine,
  OpenShape,
  Position,
  Problem,
  RunningPlace,
  Step,
  StepKind,
  StopReason,
} from '../../engine';
import type { TraceRequests } from './arrayRequests';
import type { TraceSummary } from './run';

/** A layer as the strip of layers shows it: what does not change while the session moves. */
export interface LayerSummary {
  readonly name: string;
  readonly type: string;
  readonly from: readonly string[];
  /** The attributes that the file gives. */
  readonly attributes: AttributeValues;
  /** With the batch that runs; as far as they are known. */
  readonly inputs: readonly OpenShape[];
  /** Those that have a name in the params files, with their shapes there where they are found. */
  readonly parameters: readonly {
    readonly role: string;
    readonly name: string;
    readonly shape?: readonly number[];
  }[];
  /** With the batch that runs; left out from the first layer that does not fit. */
  readonly out?: OpenShape;
  readonly parameterCount: number;
  readonly macs: number;
  readonly formulas: readonly string[];
  /** Whether its own shapes do not fit. */
  readonly broken: boolean;
}

/** A session as a panel shows it: everything but numbers. */
export interface SessionState {
  /** Another one whenever numbers or shapes may be other ones: after a restart, a fix, another batch or attribute. */
  readonly run: number;
  readonly network: string;
  /** Label of the network's file. */
  readonly file: string;
  /** URI of the network's file, by which a panel finds it again after a reload. */
  readonly uri: string;
  readonly input: { readonly shape: OpenShape; readonly from: string };
  readonly batch: number;
  readonly backward: boolean;
  /** The same array for as long as nothing in it changes: there may be thousands, and they travel only once. */
  readonly layers: readonly LayerSummary[];
  readonly position: Position;
  readonly reason: StopReason;
  /** What happened, e.g. the exception's message. */
  readonly text?: string;
  readonly problem?: Problem;
  /** Ids of the breakpoints that were hit, and what log points passed on the way had to say. */
  readonly hits: readonly number[];
  readonly logs: readonly LogLine[];
  /** The operation it stands on, once stepped into a layer. */
  readonly operation?: Step;
  /** How many layers have run forward, from the first. */
  readonly ran: number;
  /** How many have gone back, from the last. */
  readonly ranBackward: number;
  /** Layers that breakpoints are set on. */
  readonly breakpoints: readonly number[];
  /** Whether the debugger is attached: breakpoints and watches can then be had. */
  readonly debugging: boolean;
  readonly notes: readonly string[];
  /** What runs is not what the files say any more: a sentence for each file that is another one now. */
  readonly stale: readonly string[];
}

/** A session as a panel is told of it. */
export interface ShownSession extends SessionState {
  /** What each of the problem's fixes does, in the user's language. */
  readonly fixes: readonly string[];
}

/** The same for a panel that has been told before. */
export interface SessionMove extends Omit<ShownSession, 'layers'> {
  /** Left out where they are the same as before. */
  readonly layers?: SessionState['layers'];
}

/** What the webview keeps across reloads of the window (`setState`). */
export type NetworkState = Pick<SessionState, 'uri' | 'position' | 'backward' | 'batch'>;

/** What a step button, or the debug toolbar, does. */
export type SessionAction =
  | { readonly kind: 'step'; readonly step: StepKind }
  | { readonly kind: 'run'; readonly direction: 'onward' | 'reverse' }
  | { readonly kind: 'goTo'; readonly position: Position }
  | { readonly kind: 'attribute'; readonly layer: number; readonly name: string; readonly expression: string }
  | { readonly kind: 'batch'; readonly size: number }
  | { readonly kind: 'restart' };

/**
 * What the webview of a network asks. Requests name arrays `layer.array`, e.g. `conv1.out`, and `input.out`; what is
 * answered about one layer (`layer/get`, `cell/explain`) has the layer's own names: `out`.
 */
export interface NetworkRequests extends TraceRequests {
  'session/get': { params: Record<string, never>; result: ShownSession };
  /** Resolves when it has stopped again; the state comes as an event to whoever looks. */
  'session/do': { params: { action: SessionAction }; result: void };
  /** Stops what is running. */
  'session/pause': { params: Record<string, never>; result: void };
  /** Steps and arrays of one layer, those forward before those backward; of the input (−1) its array `out` and no steps. */
  'layer/get': { params: { layer: number }; result: TraceSummary };
  /** Applies a fix of the problem to the network's file; the session starts again from there. */
  'problem/fix': { params: { fix: number }; result: void };
  /** Shows a layer in the network's file. */
  'layer/reveal': { params: { layer: number }; result: void };
}

export interface NetworkEvents {
  'session/moved': SessionMove;
  /** Something runs for a while: how far it is, by layers. */
  'session/running': RunningPlace;
  /** The worker, or the debugger, has ended: nothing can be asked any more but `session/do` restart. */
  'session/stopped': { readonly reason: string };
}
