import type { DType, LazyTensor, Shape, Tensor } from '../tensor';
import type { LayerTrace } from '../trace';

/** What a tensor is going to be. */
export interface TensorForm {
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * Keeps what a layer computes for as long as memory allows; after that it is computed again when it is looked at.
 * @param forms the tensors that one computation makes, by the layer's names for them (`out` and `dot`; `dx`, `dW`, `db`)
 * @param make the computation, which gives all of them
 */
export type Keep = <K extends string>(
  forms: Readonly<Record<K, TensorForm>>,
  make: (signal?: AbortSignal) => Promise<Readonly<Record<NoInfer<K>, Tensor>>>,
) => Readonly<Record<K, LazyTensor>>;

/**
 * What a layer is started on.
 *
 * Whoever waits for one tensor holds those that it has got already, and a thousand layers may be waiting for one
 * another. So a gradient asks for `dout` first and for the inputs once it has it. Several inputs are asked for at
 * once: they may need a same tensor, which then is computed once however little is kept.
 */
export interface LayerOperands {
  /** One, or several for add and concat. */
  readonly inputs: readonly LazyTensor[];
  /** By role: `W`, `b`, `gamma` … */
  readonly parameters: Readonly<Record<string, LazyTensor>>;
  /** The gradient of the loss with respect to the output, of its shape. Not asked for on the way forward. */
  readonly dout: LazyTensor;
}

/** A layer with its operands. Nothing is computed until something of it is asked for. */
export interface RunningLayer {
  /**
   * The arrays by the layer's own names (`x`, or `x0`, `x1` … where there are several; `W`, `b`, `col`, `out`, `dout`,
   * `dx`, `dW` …) and the steps that make them. Reading an array computes it.
   */
  readonly trace: LayerTrace;
  readonly out: LazyTensor;
  /** The gradients with respect to the inputs, in their order. */
  readonly dx: readonly LazyTensor[];
  /** The gradients with respect to the parameters, by role. */
  readonly dparameters: Readonly<Record<string, LazyTensor>>;
}

/**
 * Starts a layer of one type. Shapes and attributes have been checked before: what does not fit never gets here.
 * @param name the layer's name in its network
 */
export type StartLayer<Attributes> = (
  name: string,
  attributes: Attributes,
  operands: LayerOperands,
  keep: Keep,
) => RunningLayer;
