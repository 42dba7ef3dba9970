import type { Scaling } from '../../engine';

/** Steps between ticks, in powers of ten. */
const ROUND = [1, 2, 5, 10];

/**
 * Round values from `min` to `max` to write along an axis, least first.
 * @param most about how many there may be, at least 2
 * @param isWhole whether there are whole numbers only
 */
export function valueTicks(
  scaling: Scaling,
  min: number,
  max: number,
  most: number,
  isWhole = false,
): number[] {
  if (!(min < max) || !Number.isFinite(min) || !Number.isFinite(max)) return [];
  switch (scaling.kind) {
    case 'linear':
      return linearTicks(min, max, most, isWhole);
    case 'log':
      return logTicks(min, max, most).filter(tick => !isWhole || Number.isInteger(tick));
    case 'symlog': {
      const { threshold } = scaling;
      const side = Math.max(2, Math.floor(most / 2));
      const beyond = (end: number): number[] => (end > threshold ? logTicks(threshold, end, side) : []);
      const ticks = [
        ...beyond(-min)
          .map(tick => -tick)
          .reverse(),
        0,
        ...beyond(max),
      ];
      return ticks.filter(tick => tick >= min && tick <= max && (!isWhole || Number.isInteger(tick)));
    }
  }
}

function linearTicks(min: number, max: number, most: number, isWhole = false): number[] {
  const rough = max / most - min / most; // divided first: max − min may be over the greatest float
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = power * (ROUND.find(factor => factor * power >= rough * 0.999) ?? 10);
  const step = isWhole ? Math.max(1, round) : round;
  if (!(step > 0)) return [min, max];
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Whole multiples, rounded: 3 · 0.1 would be 0.30000000000000004.
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(15)),
  ).filter(tick => tick >= min && tick <= max);
}

function logTicks(min: number, max: number, most: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const last = Math.floor(Math.log10(max) + 1e-9);
  const powers = last - first + 1;
  if (powers < 2) return linearTicks(min, max, most);
  const every = Math.ceil(powers / most);
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) ticks.push(Number(`1e${power}`));
  return ticks;
}
