import { kernels, paced } from '../kernels';
import { Tensor } from '../tensor';

/**
 * Changes a parameter, in its memory, by what its gradient says. Called once for each step.
 * @param gradient whose numbers stay as they are until the next step begins
 */
export type Update = (gradient: Tensor) => Promise<void>;

/** How parameters are trained. Gets each of them once. */
export type Optimizer = (parameter: Tensor) => Update;

/** What {@link adam} is set to. Left out, what the book has. */
export interface AdamOptions {
  /** The learning rate; 0.001. */
  readonly rate?: number;
  /** How much of the moving means of the gradient and of its square a step keeps; 0.9 and 0.999. */
  readonly beta1?: number;
  readonly beta2?: number;
}

/** Added to the divisor, so that it cannot be 0. */
const EPSILON = 1e-7;

/**
 * Adam (Kingma & Ba, 2015, in the order of computation of section 2) as in "Deep Learning from Scratch", section 6.1.6.
 * The means are kept in the type of the parameter.
 */
export function adam({ rate = 0.001, beta1 = 0.9, beta2 = 0.999 }: AdamOptions = {}): Optimizer {
  return parameter => {
    const state = {
      values: parameter,
      means: kernels().place(Tensor.zeros(parameter.shape, parameter.dtype)),
      squares: kernels().place(Tensor.zeros(parameter.shape, parameter.dtype)),
    };
    let steps = 0;
    return gradient => {
      steps++;
      const factors = {
        step: (rate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps),
        meanShare: 1 - beta1,
        squareShare: 1 - beta2,
        epsilon: EPSILON,
      };
      return paced(kernels().adam(state, gradient, factors));
    };
  };
}
