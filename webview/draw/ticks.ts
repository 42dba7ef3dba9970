/**
 * Which positions of an axis get a label. An axis may run through several index variables (n, oh, ow); their extents
 * are given slowest first. Labels are at every `step`-th value of one of them and name it and the slower ones.
 */
export interface TickRule {
  /** Place of the variable in the extents. */
  readonly variable: number;
  readonly step: number;
}

const STEPS = Array.from({ length: 36 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

/** Positions between two values of the variable. */
export function periodOf(extents: readonly number[], variable: number): number {
  return extents.slice(variable + 1).reduce((product, extent) => product * extent, 1);
}

/** The finest rule whose labels are at least `spacing` pixels apart. @param cell pixels a position takes */
export function tickRule(extents: readonly number[], cell: number, spacing: number): TickRule {
  for (let variable = extents.length - 1; variable >= 0; variable--) {
    const pixels = periodOf(extents, variable) * cell;
    const step = STEPS.find(candidate => candidate * pixels >= spacing);
    if (step !== undefined && (step === 1 || step < extents[variable])) return { variable, step };
  }
  return { variable: 0, step: Math.max(1, extents[0]) };
}

/** Positions from `from` up to, not including, `to` that the rule labels. @param apart fewest positions between two */
export function ticksIn(
  extents: readonly number[],
  { variable, step }: TickRule,
  from: number,
  to: number,
  apart = 0,
): number[] {
  const period = periodOf(extents, variable);
  const extent = extents[variable];
  const ticks: number[] = [];
  for (let count = Math.floor(from / period); count * period < to; count++) {
    const value = count % extent;
    // The slower variables begin anew at 0: a last label right before it would touch the next.
    const crowdsNext = value > 0 && (extent - value) * period < apart && variable > 0;
    if (value % step === 0 && !crowdsNext && count * period >= from) ticks.push(count * period);
  }
  return ticks;
}

/**
 * Where lines separate groups of positions: before each new value of a variable other than the fastest, if groups
 * are at least `spacing` pixels wide. Slower variables give heavier lines.
 * @returns periods in positions, finest first
 */
export function groupPeriods(extents: readonly number[], cell: number, spacing: number): number[] {
  const periods: number[] = [];
  for (let variable = extents.length - 2; variable >= 0; variable--) {
    const period = periodOf(extents, variable);
    const finer = periods.at(-1) ?? 1;
    if (extents[variable] > 1 && period > finer && period * cell >= spacing) periods.push(period);
  }
  return periods;
}
