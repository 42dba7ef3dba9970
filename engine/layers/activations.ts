import { exp } from '../kernels';
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
  const through = { formula, f: slope === undefined ? 'rectify' : 'rectifyLeakily', factor: slope } as const;
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
    out: { ...through, from: ['x', 'mask'] },
    dx: { ...through, from: ['dout', 'mask'], with: 'x' },
  } as const;
}

/** The Sigmoid layer ("Deep Learning from Scratch", section 5.5.2): out = 1 / (1 + exp(−x)). */
export const startSigmoid = elementwise<object>('sigmoid', () => ({
  between: {
    exp: {
      formula: 'exp(−{0})',
      from: ['x'],
      compute(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = exp(-x[i]);
      },
    },
  },
  out: { formula: '1 / (1 + {0})', from: ['exp'], f: 'sigmoid' },
  dx: { formula: '{0} · (1 − {1}) · {1}', from: ['dout', 'out'], f: 'sigmoidGradient', with: 'out' },
}));

/** The hyperbolic tangent; dx = dout · (1 − out²). */
export const startTanh = elementwise<object>('tanh', () => ({
  out: { formula: 'tanh({0})', from: ['x'], f: 'tanh' },
  dx: { formula: '{0} · (1 − {1}²)', from: ['dout', 'out'], f: 'tanhGradient', with: 'out' },
}));
