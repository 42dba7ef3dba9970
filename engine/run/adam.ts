import { Tensor } from '../tensor';

/** Changes a parameter, in its memory, by what its gradient says. Called once for each step. */
export type Update = (gradient: Tensor) => void;

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
    const values = parameter.numbers();
    const [means, squares] = [parameter, parameter].map(({ shape, dtype }) =>
      Tensor.zeros(shape, dtype).numbers(),
    );
    let steps = 0;
    return gradient => {
      const numbers = gradient.numbers();
      steps++;
      const step = (rate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps);
      for (let i = 0; i < values.length; i++) {
        const mean = means[i] + (1 - beta1) * (numbers[i] - means[i]);
        const square = squares[i] + (1 - beta2) * (numbers[i] * numbers[i] - squares[i]);
        means[i] = mean;
        squares[i] = square;
        values[i] -= (step * mean) / (Math.sqrt(square) + EPSILON);
      }
    };
  };
}
