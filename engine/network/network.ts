import type { AttributeValues, LayerTypeName } from './kinds/kind';
import type { Extent, OpenShape } from './openShape';

export type { Extent, OpenShape };

/** The name by which layers refer to what the network is given. No layer may be called so. */
export const INPUT = 'input';

/** An array in a file that the network names. */
export interface TensorReference {
  /** Path relative to the network's file. */
  readonly file: string;
  /** The array's name in the file; not needed where the file has only one that fits. */
  readonly array?: string;
  /** Position on the first axis of the first sample taken; 0 where left out. */
  readonly sample?: number;
}

/** One layer of a network. */
export interface NetworkLayer {
  /** Unique in the network. */
  readonly name: string;
  readonly type: LayerTypeName;
  /** Names of the earlier layers whose outputs it takes, or {@link INPUT}. */
  readonly from: readonly string[];
  /** The attributes that were given, by name; the type knows what the others are. */
  readonly attributes: AttributeValues;
  /** For each of the type's parameters that was given (`W`, `b`, `gamma` …) its name in the params files. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The labels of a loss: class numbers, or an array of them (N,), or one-hot (N, classes). */
  readonly target?: TensorReference | readonly number[];
}

/**
 * A network, independent of the format of the file it came from: layers in an order in which each comes after those it
 * takes its inputs from. Its shapes need not fit; {@link ./analyse} says whether they do.
 */
export interface Network {
  readonly name: string;
  readonly input: { readonly shape: OpenShape; readonly tensor?: TensorReference };
  /** Files of parameters, as paths relative to the network's file. Of equal names, the first file's counts. */
  readonly params: readonly string[];
  readonly layers: readonly NetworkLayer[];
}

/** Where a network's parts stand in its file, for whoever points at them. Offsets count UTF-16 units from 0. */
export interface SourceRange {
  readonly offset: number;
  readonly length: number;
}

/** A place in a network: a layer, one of its keys, or the head of the network where `layer` is left out. */
export interface Place {
  /** Position in `network.layers`. */
  readonly layer?: number;
  /** `type`, `name`, `from`, an attribute, a parameter's role; of the head `input`, `params`, `name`. */
  readonly key?: string;
  /** Of a key that has an object or a list, the key or position in there: of `input` `shape`, `file`, `array`, `sample`. */
  readonly within?: string;
}
