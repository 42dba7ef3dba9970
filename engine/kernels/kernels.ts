import type { WindowGeometry } from '../conv';
import type { DType, Tensor } from '../tensor';
import type { AdamState, AdamStep } from './adam';
import type { CellFunction, Factors } from './cellFunction';
import type { Matrix } from './matrix';
import type { Work } from './work';

/** What the arithmetic of layers runs on. */
export type KernelSet = 'reference' | 'simd' | 'relaxed-simd';

/**
 * How sums run: `exact` in float64, in the order of the indices, rounded once when they are stored, so that the
 * explanation of a cell adds up to the cell to the last digit and every kernel set gives the same bits; `fast` in the
 * type of the numbers, in whatever order is quickest.
 */
export type Arithmetic = 'exact' | 'fast';

/**
 * The arithmetic of the layers. All kernels compute in the type of their first tensor, float32 or float64, and offer
 * to pause every few milliseconds.
 */
export interface Kernels {
  readonly set: KernelSet;
  readonly arithmetic: Arithmetic;
  readonly threads: number;

  /**
   * Convolution forward: out[n, f, oh, ow] = Σ_k col[(n, oh, ow), k] · W[f, k] + b[f].
   * @param x (N, C, H, W)
   * @param W (FN, C/groups, FH, FW)
   * @param b (FN,), or null for none; added after the sum is rounded
   * @returns out (N, FN, OH, OW)
   */
  convolve(x: Tensor, W: Tensor, b: Tensor | null, geometry: WindowGeometry): Work<Tensor>;
  /** @param dout (N, FN, OH, OW) @returns dW (FN, C/groups, FH, FW): dW[f, k] = Σ_r col[r, k] · dout[r, f] */
  weightGradient(dout: Tensor, x: Tensor, geometry: WindowGeometry): Work<Tensor>;
  /** @param dout (N, FN, OH, OW) @returns db (FN,): the sum of each channel of dout */
  biasGradient(dout: Tensor): Work<Tensor>;
  /**
   * @param dout (N, FN, OH, OW)
   * @returns dx (N, C, H, W): col2im of dcol[r, k] = Σ_f dout[r, f] · W[f, k], rounded before it is added up
   */
  convolutionInputGradient(dout: Tensor, W: Tensor, geometry: WindowGeometry): Work<Tensor>;

  /** @param a (I, K) @param b (K, J) @returns (I, J): out[i, j] = Σ_k a[i, k] · b[k, j] */
  matmul(a: Matrix, b: Matrix, dtype: DType): Work<Tensor>;

  /**
   * Largest value of every window; the first one wins a tie, a NaN wins over everything, as NumPy's argmax has it.
   * @returns out (N, C, OH, OW), and argMax (N·OH·OW·C,) int32, channels fastest: the winner's flat index in its window
   */
  maxPool(x: Tensor, geometry: WindowGeometry): Work<{ out: Tensor; argMax: Tensor }>;
  /** Mean of every window. @param countIncludePad whether padding counts in the divisor @returns out (N, C, OH, OW) */
  averagePool(x: Tensor, geometry: WindowGeometry, countIncludePad: boolean): Work<Tensor>;
  /** The winner of each window gets all of its dout. @param dout (N, C, OH, OW) @returns dx (N, C, H, W) */
  maxInputGradient(dout: Tensor, argMax: Tensor, geometry: WindowGeometry): Work<Tensor>;
  /** Every tap of a window gets dout / divisor. @param dout (N, C, OH, OW) @returns dx (N, C, H, W) */
  averageInputGradient(dout: Tensor, geometry: WindowGeometry, countIncludePad: boolean): Work<Tensor>;

  /**
   * What a function makes of the numbers at each position.
   * @param operands one or two tensors of one shape and type; one alone is both
   */
  mapCells(f: CellFunction, operands: readonly Tensor[], factors?: Factors): Work<Tensor>;
  /** @param summands of one shape @returns their sum, each of its numbers rounded once */
  add(summands: readonly Tensor[], dtype: DType): Work<Tensor>;

  /**
   * A step of Adam (Kingma & Ba, 2015), which changes the numbers of its state: mean += meanShare · (gradient − mean),
   * square alike of gradient², values −= step · mean / (√square + epsilon).
   * @param gradient of the shape and type of the values
   */
  adam(state: AdamState, gradient: Tensor, factors: AdamStep): Work<void>;

  /**
   * The numbers of a float tensor where these kernels compute, for one that they read or change often: else they copy them
   * for every call. `recycle` takes them back.
   * @returns a copy, or the tensor itself where there is no room, or nothing to gain
   */
  place(tensor: Tensor): Tensor;
  /**
   * Takes back the memory of a tensor that these kernels have made and that nobody reads any more, under any shape: as many
   * bytes of later results lie where the kernels compute. Tensors from elsewhere stay as they are.
   */
  recycle(result: Tensor): void;
}
