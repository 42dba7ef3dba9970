import type { Tensor } from '../../tensor';
import type { CellFunction, Factors } from '../cellFunction';
import { fillBlocks } from '../cells';
import { exp, tanh } from '../exponential';
import type { Work } from '../work';

type Round = (value: number) => number;
type OfNumbers = (a: number, b: number) => number;

/** Each function with its factors. @param round to the type that is computed in: what a layer has an array of is */
const FUNCTIONS: Readonly<Record<CellFunction, (round: Round, ...factors: number[]) => OfNumbers>> = {
  rectify: () => (through, x) => (x <= 0 ? 0 : through),
  rectifyLeakily: (_, slope) => (through, x) => (x <= 0 ? slope * through : through),
  sigmoid: round => x => 1 / (1 + round(exp(-x))),
  sigmoidGradient: () => (dout, out) => dout * (1 - out) * out,
  tanh: () => tanh,
  tanhGradient: () => (dout, out) => dout * (1 - out * out),
  scale: (_, factor) => x => x * factor,
  standardise: (_, mean, deviation) => x => (x - mean) / deviation,
  normalise: (round, mean, deviation, gamma, beta) => x =>
    round(gamma * round((x - mean) / deviation)) + beta,
  normaliseGradient: (round, gamma, deviation) => dout => round(dout * gamma) / deviation,
  expBelow: (round, max) => x => exp(round(x - max)),
  divide: (_, divisor) => x => x / divisor,
  softmaxGradient: (_, dsum) => (dout, out) => out * (dout - dsum),
};

/** As {@link Kernels.mapCells}. */
export function* mapCells(
  name: CellFunction,
  [a, b = a]: readonly Tensor[],
  { run, values }: Factors = { run: Infinity, values: [] },
): Work<Tensor> {
  const round: Round = a.dtype === 'float32' ? Math.fround : value => value;
  const [as, bs] = [a.numbers(), b.numbers()];
  const sets = values.at(0)?.length ?? 1;
  return yield* fillBlocks(a.shape, a.dtype, (block, start) => {
    for (let i = 0; i < block.length;) {
      const set = Math.floor((start + i) / run);
      const of = FUNCTIONS[name](round, ...values.map(ofSets => ofSets[set % sets]));
      const end = Math.min(block.length, (set + 1) * run - start);
      for (; i < end; i++) block[i] = of(as[start + i], bs[start + i]);
    }
  });
}
