import type { RunningLayer } from '../layers';
import type { Analysis, AttributeValues, Network } from '../network';
import type { DType, LazyTensor, Tensor } from '../tensor';

/** An array in a file, which is read when a layer first needs it. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  read(signal?: AbortSignal): Promise<Tensor>;
}

/** What a network is run on. */
export interface RunOptions {
  /** Samples that go through at once: the open size `N` of the input. */
  readonly batch: number;
  /** The input, of the network's input shape with that batch. Random numbers from `seed` where left out. */
  readonly input?: StoredTensor;
  /** The labels of the losses by layer name: class numbers (N,), or one-hot (N, classes). */
  readonly targets?: ReadonlyMap<string, StoredTensor>;
  /** The parameters by name in the files. */
  readonly parameters: ReadonlyMap<string, StoredTensor>;
  /** Bytes of computed arrays that are kept at most; older ones are computed again when they are looked at. */
  readonly budget: number;
  /** For parameters that no file has (He's initialisation for conv and affine) and for an input that is not given. */
  readonly seed: number;
  /** What sums are computed in; files of float64 need not be. */
  readonly dtype: 'float32' | 'float64';
}

/** A network with its operands: every array of every layer, each computed when it is first asked for. */
export interface NetworkRun {
  readonly network: Network;
  /** Of the network with the sizes of this run. */
  readonly analysis: Analysis;
  readonly batch: number;
  readonly input: LazyTensor;
  /** Layers that can run: all before the first that does not fit. */
  readonly runnable: number;
  /** @param index below `runnable` */
  layer(index: number): RunningLayer;
  /** What the files have of a layer's parameters, by role and as it is stored there; also of layers that cannot run. */
  stored(index: number): ReadonlyMap<string, LazyTensor>;
  /** Bytes of computed arrays that are in memory now. */
  keptBytes(): number;
  /**
   * The run with other attributes in one layer. What does not depend on that layer is kept; this run must not be
   * used any more.
   */
  withAttributes(index: number, attributes: AttributeValues): NetworkRun;
  /** The computed arrays that are in memory now, and what they are computed from. */
  kept(): readonly Tensor[];
  /** Frees what is kept: it is read and computed again when somebody asks for it. */
  forget(): void;
  /** Frees what is kept; what is still being computed is given up. */
  dispose(): void;
}
