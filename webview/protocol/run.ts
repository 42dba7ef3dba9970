import type {
  Arrangement,
  DType,
  LayerInfo,
  Pad,
  Pair,
  PoolingOptions,
  Role,
  Shape,
  Step,
} from '../../engine';

/** An array in a file. `file` is a URI, or a path relative to the workspace folder. */
export interface ArrayReference {
  readonly file: string;
  /** The array's name in the file; not needed where the file has only one. */
  readonly name?: string;
}

/** The input: an array or an image, all of it or one sample of its batch. */
export interface InputReference extends ArrayReference {
  /** Position on the batch axis; all samples where it is left out. */
  readonly sample?: number;
  /** Range that an input of integers (an image's bytes) is brought to: 0…1, which is the default, or 0…255. */
  readonly scale?: 'unit' | 'byte';
}

/** The gradient that comes from above, of the last output's shape. */
export type UpstreamGradient =
  | { readonly kind: 'ones' }
  | { readonly kind: 'arange' }
  | { readonly kind: 'random'; readonly seed: number }
  /** 1 at one cell of the output, 0 elsewhere: dx then shows what that cell depends on. */
  | { readonly kind: 'cell'; readonly index: readonly number[] }
  | ({ readonly kind: 'file' } & ArrayReference);

/** All choices of one run of a convolution layer; the argument of the command `cnnInspector.runConvLayer`. */
export interface RunRequest {
  readonly weights: ArrayReference;
  /** Found by name and size where left out; `null` for none. */
  readonly bias?: ArrayReference | null;
  readonly input: InputReference;
  readonly stride?: Pair;
  readonly pad?: Pad;
  readonly dilation?: Pair;
  readonly groups?: number;
  readonly pool?: PoolingOptions | null;
  readonly dout?: UpstreamGradient;
}

/** What the panel knows of an array before it reads any of it. */
export interface ArrayInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly role: Role;
  readonly arrangements: Readonly<Record<string, Arrangement>>;
  /** The array whose range of values decides this one's colours (col is x moved about), itself where left out. */
  readonly scaleOf?: string;
}

/** The steps of one or more layers with their arrays: everything but the numbers. */
export interface TraceSummary {
  readonly layers: readonly LayerInfo[];
  readonly steps: readonly Step[];
  readonly arrays: readonly ArrayInfo[];
}

/** A run of a convolution layer as the panel shows it. */
export interface RunSummary extends TraceSummary {
  readonly request: RunRequest;
  /** Where the arrays came from, as short labels: the array's name and the file's base name. */
  readonly weights: { readonly name: string; readonly file: string };
  readonly input: { readonly name: string; readonly file: string };
  /** Conversions a user must know of, e.g. that x was scaled, as ready sentences. */
  readonly notes: readonly string[];
}
