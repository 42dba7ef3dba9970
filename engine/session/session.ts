import type { Problem } from '../network';
import type { NetworkRun } from '../run';
import type { ArraySource, DType } from '../tensor';
import type { Direction, Explanation, Step } from '../trace';

/**
 * Where a session stands: on something that has run, with its results there to be looked at. A session starts on the
 * input (`layer` −1, forward), goes forward through the layers, and then, where it is to go back, backward from the last
 * layer to the first.
 */
export interface Position {
  readonly direction: Direction;
  /** Position in the network's layers; −1 is the input. */
  readonly layer: number;
  /** Position in the layer's steps of that direction, once stepped into the layer. */
  readonly operation?: number;
  /** Once stepped into an operation: the cell of its result, and how many of the terms have been added. */
  readonly cell?: { readonly array: string; readonly index: readonly number[]; readonly term: number };
}

/** A layer that a movement has come to. */
export type RunningPlace = Pick<Position, 'layer' | 'direction'>;

/** The ways to move by one. */
export type StepKind = 'over' | 'into' | 'out' | 'back';

/** Why a session stands where it does. */
export type StopReason =
  | 'entry'
  | 'step'
  | 'goto'
  | 'pause'
  | 'breakpoint'
  | 'function breakpoint'
  | 'data breakpoint'
  | 'exception'
  | 'end'
  | 'start';

export interface Stop {
  readonly reason: StopReason;
  readonly position: Position;
  /** What happened, in English: the exception's message, or what the breakpoint found. */
  readonly text?: string;
  /** Ids of the breakpoints that were hit. */
  readonly hits: readonly number[];
  /** For shapes that do not fit: what is wrong and what would fix it. */
  readonly problem?: Problem;
  /** What log points passed on the way had to say. */
  readonly logs: readonly LogLine[];
}

export interface LogLine {
  readonly layer: number;
  readonly direction: Direction;
  /** Whether the session came past in reverse. */
  readonly reversed: boolean;
  readonly text: string;
}

/** A breakpoint on a layer. */
export interface LayerBreakpoint {
  readonly id: number;
  readonly layer: number;
  readonly condition?: string;
  /** `3`, `>= 3`, `% 2`: compared with how often it has been reached. */
  readonly hitCondition?: string;
  /** Says this, with {expressions} replaced, and does not stop. */
  readonly logMessage?: string;
}

/** A breakpoint on every operation (`im2col`), layer type (`conv`) or layer of that name. */
export interface FunctionBreakpoint {
  readonly id: number;
  readonly name: string;
  readonly condition?: string;
}

/** What an array has to do for a data breakpoint to stop. */
export type ArrayEvent = 'notFinite' | 'allZero' | 'exceeds' | 'shapeChanges';

export interface DataBreakpoint {
  readonly id: number;
  /** `conv1.out` */
  readonly array: string;
  readonly event: ArrayEvent;
  /** For `exceeds`: the largest |x| that is still good. */
  readonly limit?: number;
}

/** `shape`: shapes that do not fit; `nan`: NaN or ±Inf appear first; `deadRelu`; `saturatedSigmoid`. */
export type ExceptionFilter = 'shape' | 'nan' | 'deadRelu' | 'saturatedSigmoid';

export interface Breakpoints {
  readonly layers: readonly LayerBreakpoint[];
  readonly functions: readonly FunctionBreakpoint[];
  readonly data: readonly DataBreakpoint[];
  readonly exceptions: readonly ExceptionFilter[];
}

/** The scopes of a frame. */
export type ScopeName =
  'input' | 'parameters' | 'intermediates' | 'output' | 'gradients' | 'attributes' | 'terms' | 'totals';

/** A value of an expression, or of a scope. */
export type Value =
  | { readonly kind: 'array'; readonly source: ArraySource }
  /** `dtype` is that of the array it is an element of, float64 for a float of its own; left out for Python's int. */
  | { readonly kind: 'number'; readonly value: number; readonly dtype?: DType }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  /** A shape, an index. */
  | { readonly kind: 'tuple'; readonly items: readonly Value[] };

export interface NamedValue {
  readonly name: string;
  readonly value: Value;
  /** An expression that gives it again from anywhere in the session, e.g. `conv1.out`. */
  readonly expression: string;
  /** Whether {@link Session.setAttribute} can change it. */
  readonly settable: boolean;
}

/** Which frame of the stack an expression is read in: the network's, the layer's, the operation's or the cell's. */
export type FrameLevel = 'network' | 'layer' | 'operation' | 'cell';

/** How a session is started. */
export interface SessionOptions {
  /** Whether it goes back through all layers after the last. */
  readonly backward: boolean;
  /** What `saved['name']` finds before anything is kept: the arrays of an earlier session. */
  readonly saved?: ReadonlyMap<string, ArraySource>;
  /** Told as a movement begins with each layer. */
  readonly onRunning?: (place: RunningPlace) => void;
}

/** A network run step by step. A movement begins when the one before is over; reading goes on beside it. */
export interface Session {
  /** What runs; another one once an attribute was changed. */
  readonly networkRun: NetworkRun;
  readonly stop: Stop;
  /** The furthest layer it has been at, and in which direction: all before it has run. */
  readonly reached: Position;
  /** The step a position's operation is, if it is on one. */
  operation(position: Position): Step | undefined;
  /** The numbers of the cell a position is on. */
  explanation(position: Position): Promise<Explanation | undefined>;
  step(kind: StepKind, signal?: AbortSignal): Promise<Stop>;
  /** Runs until something stops it: the end (or the start), a breakpoint, an exception, `signal` (reason `pause`). */
  run(direction: 'onward' | 'reverse', signal?: AbortSignal): Promise<Stop>;
  /** Goes to a position without stopping on the way; what it needs is computed. @throws IndexError if there is no such position */
  goTo(position: Position, signal?: AbortSignal): Promise<Stop>;
  setBreakpoints(breakpoints: Breakpoints): void;
  /** Why an expression, e.g. a condition, cannot be read; `undefined` where it can. */
  check(expression: string): string | undefined;
  /** Why a function breakpoint of that name never stops a run; `undefined` where it may. */
  checkFunction(name: string): string | undefined;
  scopes(frame: FrameLevel): readonly ScopeName[];
  variables(frame: FrameLevel, scope: ScopeName): Promise<readonly NamedValue[]>;
  /** @throws ExpressionError, CancelledError */
  evaluate(expression: string, frame: FrameLevel, signal?: AbortSignal): Promise<Value>;
  /** Names and methods that could stand at the end of `text`. */
  complete(text: string, frame: FrameLevel): readonly Completion[];
  /** Changes an attribute of the layer and goes on from there: everything before is kept. @throws ExpressionError, LayerMisfit */
  setAttribute(layer: number, name: string, expression: string, signal?: AbortSignal): Promise<Stop>;
  dispose(): void;
}

export interface Completion {
  readonly label: string;
  readonly kind: 'array' | 'layer' | 'method' | 'property' | 'function';
  /** Its shape, or what it does. */
  readonly detail: string;
  /** Characters before the end of the text that it takes the place of. */
  readonly replaces: number;
}
