import { dsvFormat } from 'd3-dsv';
import { FormatError } from '../../errors';
import { cellNumber } from './cells';

/** Characters of a line; a longer one is no table, and its cells would fill the memory. */
const MAX_LINE = 2 ** 22;

/** Characters and lines at the beginning that decide on the separator. */
const SAMPLE = 2 ** 16;
const SAMPLE_LINES = 20;

/** A comma comes late: it also stands inside numbers (`1,5`) and texts. */
const SEPARATORS = ['\t', ';', '|', ','] as const;
const BLANK = ' ';

/** A table's text and what stands between its cells. */
export interface Table {
  readonly text: string;
  readonly separator: string;
}

/**
 * The table with the separator that makes its first rows equally long.
 * @throws FormatError if a line is too long
 */
export function tableOf(text: string): Table {
  checkLines(text);
  const sample = text.slice(0, SAMPLE).split('\n', SAMPLE_LINES).join('\n');
  const candidates = SEPARATORS.map(separator => {
    const lengths = sampleRows(sample, separator).map(cells => cells.length);
    return { separator, first: lengths[0] ?? 0, agree: lengths.every(length => length === lengths[0]) };
  });
  const agreeing = candidates.find(({ first, agree }) => first > 1 && agree);
  if (agreeing) return { text, separator: agreeing.separator };
  // Texts are full of blanks; between numbers they separate, as numpy.savetxt writes them.
  const blanks = sampleRows(sample, BLANK).at(0) ?? [];
  if (blanks.length > 1 && blanks.every(cell => cellNumber(cell) !== undefined)) {
    return { text, separator: BLANK };
  }
  // The rows differ in length, which is told with the separator that is there.
  const [most] = candidates.sort((a, b) => b.first - a.first);
  return { text, separator: most.first > 1 ? most.separator : ',' };
}

function checkLines(text: string): void {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const length = (end < 0 ? text.length : end) - start;
    if (length > MAX_LINE)
      throw new FormatError('csv', `a line has ${length} characters, over ${MAX_LINE}: not a table`);
    start += length + 1;
  }
}

function sampleRows(sample: string, separator: string): string[][] {
  const rows = dsvFormat(separator).parseRows(sample);
  return rows.filter(cells => !isSkipped(cells));
}

/** Empty lines, and comments as NumPy writes and reads them. */
function isSkipped(cells: readonly string[]): boolean {
  return cells[0].startsWith('#') || (cells.length === 1 && cells[0] === '');
}

/**
 * Calls `take` with the cells of each row. Empty lines and those that start with # are no rows.
 * @throws FormatError if a row has another number of cells than the first
 */
export function eachRecord({ text, separator }: Table, take: (cells: string[], row: number) => void): void {
  let line = 1;
  let row = 0;
  let columns = 0;
  dsvFormat(separator).parseRows(text, cells => {
    const start = line++;
    for (const cell of cells) if (cell.includes('\n')) line += cell.split('\n').length - 1;
    if (isSkipped(cells)) return undefined;
    if (row === 0) columns = cells.length;
    if (cells.length !== columns) {
      throw new FormatError(
        'csv',
        `line ${start} has ${cellCount(cells.length)}, the first row has ${cellCount(columns)}`,
      );
    }
    take(cells, row++);
    return undefined; // nothing is kept here
  });
}

function cellCount(count: number): string {
  return `${count} ${count === 1 ? 'cell' : 'cells'}`;
}
