import { elementwise } from './elementwise';

/**
 * The ReLU layer ("Deep Learning from Scratch", section 5.5.1): as in the book, `mask` is where x ≤ 0, and there out
 * and dx are 0. A NaN goes through.
 */
export const startRelu = elementwise<object>('relu', () => rectifier('0', () => 0));

export interface LeakyReluAttributes {
  /** What x is multiplied by where it is not positive. */
  readonly alpha: number;
}

/** Leaky ReLU: out = x where x > 0, alpha · x elsewhere. */
export const startLeakyRelu = elementwise<LeakyReluAttributes>('leakyrelu', ({ alpha }) =>
  rectifier(`${alpha} · {0}`, value => alpha * value),
);

/** @param leak what goes through where x ≤ 0, in words and as a function */
function rectifier(words: string, leak: (value: number) => number) {
  const formula = `where({1}, ${words}, {0})`;
  const value = (through: number, masked: number): number => (masked ? leak(through) : through);
  return {
    between: {
      mask: { formula: '{0} ≤ 0', from: ['x'], value: (x: number) => (x <= 0 ? 1 : 0), dtype: 'bool' },
    },
    out: { formula, from: ['x', 'mask'], value },
    dx: { formula, from: ['dout', 'mask'], value },
  } as const;
}

/** The Sigmoid layer ("Deep Learning from Scratch", section 5.5.2): out = 1 / (1 + exp(−x)). */
export const startSigmoid = elementwise<object>('sigmoid', () => ({
  between: { exp: { formula: 'exp(−{0})', from: ['x'], value: x => Math.exp(-x) } },
  out: { formula: '1 / (1 + {0})', from: ['exp'], value: exp => 1 / (1 + exp) },
  dx: {
    formula: '{0} · (1 − {1}) · {1}',
    from: ['dout', 'out'],
    value: (dout, out) => dout * (1 - out) * out,
  },
}));

/** The hyperbolic tangent; dx = dout · (1 − out²). */
export const startTanh = elementwise<object>('tanh', () => ({
  out: { formula: 'tanh({0})', from: ['x'], value: Math.tanh },
  dx: { formula: '{0} · (1 − {1}²)', from: ['dout', 'out'], value: (dout, out) => dout * (1 - out * out) },
}));
