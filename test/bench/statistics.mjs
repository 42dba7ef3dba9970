/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/** Nearest-rank quantile. @param {readonly number[]} values @param {number} fraction 0 to 1 */
export function quantile(values, fraction) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))];
}
