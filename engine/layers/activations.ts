import { kernels, type Work } from '../kernels';
import type { Tensor } from '../tensor';
import { elementwise } from './elementwise';

/**
 * The ReLU layer ("Deep Learning from Scratch", section 5.5.1): as in the book, `mask` is where x ≤ 0, and there out
 * and dx are 0. A NaN goes through.
 */
export const startRelu = elementwise<object>('relu', () => rectifier());

export interface LeakyReluAttributes {
  /** What x is multiplied by where it is not positive. */
  readonly alpha: number;
}

/** Leaky ReLU: out = x where x > 0, alpha · x elsewhere. */
export const startLeakyRelu = elementwise<LeakyReluAttributes>('leakyrelu', ({ alpha }) => rectifier(alpha));

/** @param slope factor where x ≤ 0; without one the result is 0 there, which an infinity times 0 would not be */
function rectifier(slope?: number) {
  const formula = `where({1}, ${slope === undefined ? '0' : `${slope} · {0}`}, {0})`;
  const compute = (out: Float64Array, through: Float64Array, mask: Float64Array): void => {
    for (let i = 0; i < out.length; i++)
      out[i] = mask[i] === 0 ? through[i] : slope === undefined ? 0 : slope * through[i];
  };
  const kernel = (x: Tensor, through: Tensor): Work<Tensor> => kernels().rectify(x, through, slope);
  return {
    between: {
      mask: {
        formula: '{0} ≤ 0',
        from: ['x'],
        compute: (out: Float64Array, x: Float64Array) => {
          for (let i = 0; i < out.length; i++) out[i] = x[i] <= 0 ? 1 : 0;
        },
        dtype: 'bool',
      },
    },
    out: { formula, from: ['x', 'mask'], compute, kernel },
    dx: { formula, from: ['dout', 'mask'], compute, kernel },
  } as const;
}

/** The Sigmoid layer ("Deep Learning from Scratch", section 5.5.2): out = 1 / (1 + exp(−x)). */
export const startSigmoid = elementwise<object>('sigmoid', () => ({
  between: {
    exp: {
      formula: 'exp(−{0})',
      from: ['x'],
      compute(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.exp(-x[i]);
      },
    },
  },
  out: {
    formula: '1 / (1 + {0})',
    from: ['exp'],
    compute(out, exp) {
      for (let i = 0; i < out.length; i++) out[i] = 1 / (1 + exp[i]);
    },
  },
  dx: {
    formula: '{0} · (1 − {1}) · {1}',
    from: ['dout', 'out'],
    compute(dx, dout, out) {
      for (let i = 0; i < dx.length; i++) dx[i] = dout[i] * (1 - out[i]) * out[i];
    },
  },
}));

/** The hyperbolic tangent; dx = dout · (1 − out²). */
export const startTanh = elementwise<object>('tanh', () => ({
  out: {
    formula: 'tanh({0})',
    from: ['x'],
    compute(out, x) {
      for (let i = 0; i < out.length; i++) out[i] = Math.tanh(x[i]);
    },
  },
  dx: {
    formula: '{0} · (1 − {1}²)',
    from: ['dout', 'out'],
    compute(dx, dout, out) {
      for (let i = 0; i < dx.length; i++) dx[i] = dout[i] * (1 - out[i] * out[i]);
    },
  },
}));
