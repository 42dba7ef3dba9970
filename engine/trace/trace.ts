import { IndexError } from '../errors';
import { checkIndex, type ArraySource } from '../tensor';
import type { Arrangement, WindowGeometry } from '../conv';
import type { Explanation } from './explanation';

/** What an array is to its layer. Decides its colour, its default colour map, and nothing else. */
export type Role = 'x' | 'W' | 'col' | 'out' | 'gradient' | 'count';

/** Operations that a step can be. */
export const OPERATIONS = [
  'pad',
  'im2col',
  'filters',
  'matmul',
  'bias',
  'reshape',
  'transpose',
  'max',
  'mean',
  'dout',
  'db',
  'dW',
  'dcol',
  'col2im',
  'crop',
  'dmax',
  'dmean',
  'mask',
  'exp',
  'relu',
  'leakyrelu',
  'sigmoid',
  'tanh',
  'dropout',
  'normalise',
  'scale',
  'shift',
  'add',
  'concat',
  'center',
  'total',
  'divide',
  'oneHot',
  'log',
  'crossEntropy',
  'dx',
  'drelu',
  'dleakyrelu',
  'dsigmoid',
  'dtanh',
  'ddropout',
  'dbeta',
  'dgamma',
  'dscale',
  'dnormalise',
  'dadd',
  'dconcat',
  'dsoftmax',
  'dcrossEntropy',
] as const;

export type Operation = (typeof OPERATIONS)[number];

export type Direction = 'forward' | 'backward';

/** What a layer does. */
export type LayerAction =
  | 'convolution'
  | 'maxPooling'
  | 'averagePooling'
  | 'affine'
  | 'relu'
  | 'leakyrelu'
  | 'sigmoid'
  | 'tanh'
  | 'dropout'
  | 'batchnorm'
  | 'flatten'
  | 'reshape'
  | 'transpose'
  | 'add'
  | 'concat'
  | 'softmax'
  | 'softmaxWithLoss';

/** A layer that a trace went through. Array names of all but the first layer start with the layer's name and a dot. */
export interface LayerInfo {
  readonly name: string;
  readonly kind: LayerAction;
  readonly geometry: WindowGeometry;
}

/** An array of a trace, with what is needed to label, link and explain its cells. */
export interface TraceArray {
  readonly source: ArraySource;
  readonly role: Role;
  /**
   * For each layer that uses the array, how the layer's index variables run along its axes. Empty where they do not
   * describe it: what a concatenation or a general reshape makes.
   */
  readonly arrangements: Readonly<Record<string, Arrangement>>;
  /** The array whose range of values decides this one's colours too (col is x moved about), itself where left out. */
  readonly scaleOf?: string;
  /** How the cell at `index`, which lies inside the array, got its value. */
  explain(index: readonly number[], signal?: AbortSignal): Promise<Explanation>;
}

/** A named operation: arrays before, arrays after. */
export interface Step {
  /** Unique in the trace, e.g. `conv.forward.im2col`. */
  readonly id: string;
  readonly layer: string;
  readonly operation: Operation;
  readonly direction: Direction;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** One layer's part of a trace. */
export interface LayerTrace {
  readonly info: LayerInfo;
  readonly arrays: ReadonlyMap<string, TraceArray>;
  readonly forward: readonly Step[];
  readonly backward: readonly Step[];
}

/** Makes the steps of a layer, numbering those that occur twice in the same direction. */
export function stepper(layer: string) {
  const seen = new Map<string, number>();
  return (direction: Direction, operation: Operation, inputs: string[], outputs: string[]): Step => {
    const id = `${layer}.${direction}.${operation}`;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return { id: count === 1 ? id : `${id}${count}`, layer, operation, direction, inputs, outputs };
  };
}

/** The record of a run: every step with its arrays. */
export interface Trace {
  readonly layers: readonly LayerInfo[];
  readonly steps: readonly Step[];
  readonly arrays: ReadonlyMap<string, TraceArray>;
}

/** The array called `name`. @throws IndexError naming the arrays there are */
export function arrayOf(trace: Pick<Trace, 'arrays'>, name: string): TraceArray {
  const array = trace.arrays.get(name);
  if (!array) {
    throw new IndexError(
      `there is no array '${name}' in this run; it has ${[...trace.arrays.keys()].join(', ')}`,
    );
  }
  return array;
}

/**
 * The exact numbers one cell came from.
 * @param index position in the array, one number per axis
 * @throws IndexError if there is no such array or cell, CancelledError
 */
export async function explain(
  trace: Pick<Trace, 'arrays'>,
  arrayName: string,
  index: readonly number[],
  signal?: AbortSignal,
): Promise<Explanation> {
  const array = arrayOf(trace, arrayName);
  checkIndex(index, array.source.shape);
  return array.explain(index, signal);
}
