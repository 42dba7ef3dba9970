import { finiteOf, type ChunkVisitor } from './chunks';
import { CompensatedSum } from './compensatedSum';
import type { BinScale, ValueLoops } from './valueLoops';

/** What the second pass finds: squares of the distances from the mean, and the histogram. */
export class Spread implements ChunkVisitor {
  readonly squares = new CompensatedSum();
  private readonly mean: number;
  private readonly counts: Float64Array;
  /** Of one chunk: whole numbers are counted faster, but not as far as the elements of a large array. */
  private readonly chunkCounts: Uint32Array;
  private readonly scale: BinScale;

  /** @param isFinite whether all values are; otherwise those that are not have to be left out */
  constructor(
    { min, max, mean }: { readonly min: number; readonly max: number; readonly mean: number },
    bins: number,
    private readonly isFinite: boolean,
  ) {
    this.mean = mean;
    // Scaled where the two ends are further apart than a float64 can say, or closer than it can divide by.
    const span = max - min;
    const unit = span === Infinity ? 0.5 : span < 1e-290 ? 2 ** 500 : 1;
    const low = min * unit;
    this.scale = { unit, low, binsPerUnit: bins / (max * unit - low) };
    // One more for what lies on the upper end.
    this.counts = new Float64Array(bins + 1);
    this.chunkCounts = new Uint32Array(bins + 1);
  }

  add(all: Float64Array): void {
    const chunk = this.isFinite ? all : finiteOf(all);
    const { chunkCounts, mean } = this;
    const { unit, low, binsPerUnit } = this.scale;
    const odd = chunk.length % 2;
    let sum = 0;
    let secondSum = 0;
    if (odd) {
      sum = (chunk[0] - mean) ** 2;
      chunkCounts[((chunk[0] * unit - low) * binsPerUnit) | 0]++;
    }
    for (let i = odd + 1; i < chunk.length; i += 2) {
      const first = chunk[i - 1];
      const second = chunk[i];
      const firstDistance = first - mean;
      const secondDistance = second - mean;
      sum += firstDistance * firstDistance;
      secondSum += secondDistance * secondDistance;
      chunkCounts[((first * unit - low) * binsPerUnit) | 0]++;
      chunkCounts[((second * unit - low) * binsPerUnit) | 0]++;
    }
    this.squares.add(sum + secondSum);
    for (let bin = 0; bin < chunkCounts.length; bin++) this.counts[bin] += chunkCounts[bin];
    chunkCounts.fill(0);
  }

  addFloats(chunk: Float32Array, loops: ValueLoops): boolean {
    if (this.isFinite) this.squares.add(loops.spread(chunk, this.mean, this.scale, this.counts));
    return this.isFinite;
  }

  histogram(): number[] {
    const histogram = Array.from(this.counts);
    const onUpperEnd = histogram.pop() ?? 0;
    histogram[histogram.length - 1] += onUpperEnd;
    return histogram;
  }
}
