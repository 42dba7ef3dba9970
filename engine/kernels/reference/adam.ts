import type { Tensor } from '../../tensor';
import type { AdamState, AdamStep } from '../adam';
import type { Work } from '../work';

/** Numbers between two offers to pause. */
const PIECE = 2 ** 14;

/** As {@link Kernels.adam}. */
export function* adam(state: AdamState, gradient: Tensor, factors: AdamStep): Work<void> {
  const { step, meanShare, squareShare, epsilon } = factors;
  const [values, means, squares] = [state.values, state.means, state.squares].map(tensor => tensor.numbers());
  const numbers = gradient.numbers();
  for (let i = 0; i < values.length; i++) {
    const mean = means[i] + meanShare * (numbers[i] - means[i]);
    const square = squares[i] + squareShare * (numbers[i] * numbers[i] - squares[i]);
    means[i] = mean;
    squares[i] = square;
    values[i] -= (step * mean) / (Math.sqrt(square) + epsilon);
    if (i % PIECE === 0) yield;
  }
}
