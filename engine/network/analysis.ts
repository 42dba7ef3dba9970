import type { DType } from '../tensor';
import type { AttributeValue } from './kinds/kind';
import type { OpenShape, Place } from './network';

/** A parameter in a file: what shapes need of it. */
export interface ParameterInfo {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** The parameters of a network's files by name; `undefined` while they cannot be read, and are then not checked. */
export type ParameterListing = ReadonlyMap<string, ParameterInfo> | undefined;

/** A change of a network's file: sets a key of a layer, or of the head. `undefined` removes it. */
export interface Edit {
  readonly place: Required<Pick<Place, 'key'>> & Place;
  readonly value: AttributeValue | string | undefined;
}

/**
 * A new layer at a position of the list, written as in a network's file. It takes what the layer that stands there took,
 * and that layer takes what the new one gives.
 */
export interface Insertion {
  readonly before: number;
  readonly layer: Readonly<Record<string, unknown>>;
}

/** One way to make a layer fit. It has been tried: with it, this layer and those after it are inferred without this fault. */
export interface Fix {
  readonly changes: readonly (Edit | Insertion)[];
  /** What the layer gives then. */
  readonly out: OpenShape;
}

/** Something wrong, or odd, at a place of the network. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** A word for the kind of fault, e.g. `channels`, `missingParameter`, `droppedBorder`, `unusedParameter`. */
  readonly fault: string;
  /** In English, with the operation and both shapes. */
  readonly message: string;
  readonly place: Place;
  /** The nearest first. */
  readonly fixes: readonly Fix[];
}

/** The square of the input that one cell of a layer's output depends on, in pixels of the input image. */
export interface ReceptiveField {
  readonly height: number;
  readonly width: number;
  /** Pixels between the fields of neighbouring cells. */
  readonly strideH: number;
  readonly strideW: number;
}

/** What is known of a layer without running it. */
export interface LayerAnalysis {
  readonly name: string;
  readonly inputs: readonly OpenShape[];
  /** Left out where nothing could be inferred. After a fault, as if it were fixed by the nearest fix. */
  readonly out?: OpenShape;
  readonly formulas: readonly string[];
  /** Shapes by role. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  /** Numbers in all its parameters. */
  readonly parameterCount: number;
  /** Multiply-adds for one sample. */
  readonly macs: number;
  /** Bytes of the output for one sample, as float32. */
  readonly activationBytes: number;
  readonly receptiveField?: ReceptiveField;
  /** Whether this layer's own shapes do not fit. */
  readonly broken: boolean;
}

/** Everything that is known of a network without running it. */
export interface Analysis {
  readonly layers: readonly LayerAnalysis[];
  readonly problems: readonly Problem[];
  readonly totals: {
    readonly parameterCount: number;
    readonly macs: number;
    /** Bytes of the activations alive at once, at most, for one sample, as float32, running forward. */
    readonly peakBytes: number;
  };
}
