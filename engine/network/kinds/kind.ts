import type { WindowGeometry } from '../../conv';
import type { Extent, OpenShape } from '../openShape';

/** The types of layers there are, as they are written in a network file. */
export type LayerTypeName =
  | 'conv'
  | 'maxpool'
  | 'avgpool'
  | 'globalavgpool'
  | 'relu'
  | 'leakyrelu'
  | 'sigmoid'
  | 'tanh'
  | 'flatten'
  | 'affine'
  | 'batchnorm'
  | 'dropout'
  | 'add'
  | 'concat'
  | 'reshape'
  | 'transpose'
  | 'softmax'
  | 'softmaxWithLoss';

export type AttributeValue = number | boolean | readonly (number | string)[];

/** Attributes by name. Only names that the layer's type has. */
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** What an attribute may be; decides how it is checked, completed and edited. */
export type AttributeForm = 'count' | 'pair' | 'pad' | 'number' | 'boolean' | 'shape' | 'axes' | 'axis';

export interface AttributeKind {
  readonly name: string;
  readonly form: AttributeForm;
  /** What it is where it is left out; `undefined` where it has to be given, or follows from others. */
  readonly default?: AttributeValue;
  /** One sentence for hovers, completion and the schema, in English. */
  readonly description: string;
}

/** A parameter that a layer reads from a file. */
export interface ParameterKind {
  /** `W`, `b`, `gamma` … */
  readonly role: string;
  /** Its axes in words, e.g. `(FN,C,FH,FW)`. */
  readonly axes: string;
  /** Whether it may be left out: there is none then, or a random one is made as the attributes say. */
  readonly optional: boolean;
  readonly description: string;
}

/** What shapes are inferred from. */
export interface Given {
  readonly inputs: readonly OpenShape[];
  readonly attributes: AttributeValues;
  /** Shapes of the parameters that are named, by role, their axes in the order in which the layer takes them. */
  readonly parameters: Readonly<Record<string, readonly number[] | undefined>>;
}

/** What is left to go by where shapes do not fit. */
export interface Assumed extends Pick<Given, 'attributes' | 'parameters'> {
  /** `undefined` for inputs that are not known. */
  readonly inputs: readonly (OpenShape | undefined)[];
  /** The first size of the network's input. */
  readonly batch: Extent;
}

/** What is known of a layer before it runs. */
export interface Inferred {
  readonly out: OpenShape;
  /** How the output's shape comes about, with its numbers, e.g. `OH = (28 + 2·0 − 5)/1 + 1 = 24`; one line each. */
  readonly formulas: readonly string[];
  /** Shapes that the parameters must have, by role: those that are given or would be made. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  /** Multiply-adds for one sample (open sizes count as 1). */
  readonly macs: number;
  /** The windows of a convolution or pooling over one sample, for receptive fields and warnings. */
  readonly windows?: WindowGeometry;
  /** Whether each cell of the output depends on all of its sample. */
  readonly whole?: boolean;
}

/** Why shapes do not fit. `key` is the attribute, parameter or `from` at fault; see {@link ../network.Place}. */
export class LayerMisfit extends Error {
  constructor(
    /** A word for the kind of fault, e.g. `channels`, `rank`, `filterTooLarge`, `rows`. */
    readonly fault: string,
    readonly key: string,
    /** Names the operation and both shapes: `conv: W has 3 input channels, x has 1: x (N,1,28,28), W (30,3,5,5)`. */
    message: string,
  ) {
    super(message);
    this.name = 'LayerMisfit';
  }
}

/** A type of layer as shapes see it: what it is made of and what comes out. Numbers are the business of engine/layers. */
export interface LayerKind {
  readonly type: LayerTypeName;
  /** One sentence for hovers, completion and the schema. */
  readonly description: string;
  readonly inputs: 'one' | 'several';
  readonly attributes: readonly AttributeKind[];
  readonly parameters: readonly ParameterKind[];
  /** @throws LayerMisfit where the shapes do not fit */
  infer(given: Given): Inferred;
  /**
   * What the layer would give if its inputs were what its parameters and attributes ask for; called where they are not,
   * so that one mistake does not break all layers after it. `undefined`, or left out, where nobody can tell.
   */
  assume?(given: Assumed): OpenShape | undefined;
}
