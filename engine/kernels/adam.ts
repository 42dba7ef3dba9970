import type { Tensor } from '../tensor';

/** What Adam changes with every step, in its memory: tensors of one shape and type. */
export interface AdamState {
  readonly values: Tensor;
  /** Moving means of the gradient, and of its square. */
  readonly means: Tensor;
  readonly squares: Tensor;
}

/** How a step goes: values -= step · mean / (√square + epsilon). */
export interface AdamStep {
  readonly step: number;
  /** What a mean takes of the new gradient, and of its square: 1 − beta. */
  readonly meanShare: number;
  readonly squareShare: number;
  readonly epsilon: number;
}
