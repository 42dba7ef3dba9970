import { finiteOf, type ChunkVisitor } from './chunks';
import { CompensatedSum } from './compensatedSum';
import type { ValueLoops } from './valueLoops';

/** What the first pass counts. The loops of both passes take two values at a time: twice as fast as one by one. */
export class Tally implements ChunkVisitor {
  min = Infinity;
  max = -Infinity;
  zeros = 0;
  nan = 0;
  posInf = 0;
  negInf = 0;
  readonly sum = new CompensatedSum();

  /** @param exact numbers of 64 bits can cancel to the last digit; of all else a chunk summed plainly is as good */
  constructor(private readonly exact: boolean) {}

  add(chunk: Float64Array): void {
    const odd = chunk.length % 2;
    let { min, max } = this;
    let sum = odd ? chunk[0] : 0;
    let secondSum = 0;
    let zeros = sum === 0 ? odd : 0;
    if (odd && sum < min) min = sum;
    if (odd && sum > max) max = sum;
    for (let i = odd + 1; i < chunk.length; i += 2) {
      const first = chunk[i - 1];
      const second = chunk[i];
      sum += first;
      secondSum += second;
      if (first < min) min = first;
      if (first > max) max = first;
      if (first === 0) zeros++;
      if (second < min) min = second;
      if (second > max) max = second;
      if (second === 0) zeros++;
    }
    sum += secondSum;
    if (!isFinite(sum) && this.setAside(chunk) > 0) {
      this.add(finiteOf(chunk));
      return;
    }
    this.min = min;
    this.max = max;
    this.zeros += zeros;
    if (this.exact) for (let i = 0; i < chunk.length; i++) this.sum.add(chunk[i]);
    else this.sum.add(sum);
  }

  addFloats(chunk: Float32Array, loops: ValueLoops): boolean {
    const { min, max, sum, zeros } = loops.tally(chunk);
    if (!isFinite(sum)) return false;
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
    this.zeros += zeros;
    this.sum.add(sum);
    return true;
  }

  /** Counts what is not finite, and says how many. */
  private setAside(chunk: Float64Array): number {
    const before = this.nan + this.posInf + this.negInf;
    for (let i = 0; i < chunk.length; i++) {
      const value = chunk[i];
      if (value === Infinity) this.posInf++;
      else if (value === -Infinity) this.negInf++;
      else if (Number.isNaN(value)) this.nan++;
    }
    return this.nan + this.posInf + this.negInf - before;
  }
}
