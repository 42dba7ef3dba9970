import type { Pad, Pair } from '../conv';

export interface PoolingOptions {
  readonly kind: 'max' | 'average';
  /** Window size; `global` covers the whole input. */
  readonly size: Pair | 'global';
  /** Defaults to the window size, as in the book. */
  readonly stride?: Pair;
  /** Max pooling pads with −∞, so that padding never wins. */
  readonly pad?: Pad;
  /** Count a last window that is only partly inside. */
  readonly ceilMode?: boolean;
  /** Whether padding counts in the divisor of an average (PyTorch's default: yes). */
  readonly countIncludePad?: boolean;
}
