/** A decimal number, as programs write them; JavaScript's Number would also take `0x10` and an empty text. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?inf(inity)?$/i;

/** What programs write where a value is missing: nothing, or one of these. Source: pandas.read_csv, `na_values`. */
const MISSING = new Set(['', 'nan', '-nan', 'na', 'n/a', '<na>', '#n/a', '#na', 'null', 'none']);

/** The number in a cell, NaN where a value is missing; undefined if the cell is a text. */
export function cellNumber(cell: string): number | undefined {
  const word = cell.trim();
  if (NUMBER.test(word)) return Number(word);
  if (MISSING.has(word.toLowerCase())) return NaN;
  if (INFINITE.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  return undefined;
}
