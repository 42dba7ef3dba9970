/** Columns that can be told apart in a picture as wide as a word. */
const COLUMNS = 32;

/**
 * The outline of a histogram as an SVG path over the unit square, y downwards. A bin that holds anything is seen.
 * @param least height of such a bin, 0 to 1
 */
export function sparklinePath(histogram: readonly number[], least: number): string {
  const perColumn = Math.ceil(histogram.length / COLUMNS);
  const columns: number[] = [];
  for (let bin = 0; bin < histogram.length; bin += perColumn)
    columns.push(histogram.slice(bin, bin + perColumn).reduce((sum, count) => sum + count, 0));
  const most = Math.max(...columns);
  if (!(most > 0)) return '';
  // One column alone stands for a single value: a thin one in the middle.
  const [left, width] = columns.length === 1 ? [0.47, 0.06] : [0, 1 / columns.length];
  const steps = columns.map((count, i) => {
    const height = count > 0 ? Math.max(least, count / most) : 0;
    return `V${round(1 - height)}H${round(left + (i + 1) * width)}`;
  });
  return `M${left} 1${steps.join('')}V1Z`;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
