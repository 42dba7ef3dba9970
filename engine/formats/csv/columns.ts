import { FormatError } from '../../errors';
import { metadataText } from '../metadata';
import { cellNumber } from './cells';
import { eachRecord, type Table } from './records';

/** More than any table that people made; each needs memory of its own. */
const MAX_COLUMNS = 100_000;

export interface Column {
  /** Position among the cells of a row. */
  readonly index: number;
  /** From the header, else the position. */
  readonly name: string;
  /** One text makes a column a column of texts. */
  readonly kind: 'number' | 'text';
  /** Cells without a number, in a column of numbers. */
  readonly missing: number;
}

export interface Survey {
  readonly columns: readonly Column[];
  /** Rows below the header. */
  readonly rows: number;
  readonly hasHeader: boolean;
}

interface Counts {
  numbers: number;
  missing: number;
  texts: number;
}

/**
 * Looks at every cell: what the columns hold, and whether the first row is their names. It is if it has a text above
 * numbers, or if there are no numbers at all.
 * @throws FormatError if rows differ in length
 */
export function surveyColumns(table: Table): Survey {
  let first: readonly string[] = [];
  let counts: Counts[] = [];
  let rows = 0;
  eachRecord(table, (cells, row) => {
    rows++;
    if (row === 0) {
      if (cells.length > MAX_COLUMNS)
        throw new FormatError('csv', `the first row has ${cells.length} cells, over ${MAX_COLUMNS}`);
      first = cells;
      counts = cells.map(() => ({ numbers: 0, missing: 0, texts: 0 }));
    } else {
      countCells(cells, counts);
    }
  });
  const headsNumbers = first.some(
    (cell, i) => cellNumber(cell) === undefined && counts[i].texts === 0 && counts[i].numbers > 0,
  );
  const hasHeader = rows > 1 && (headsNumbers || !counts.some(({ texts }) => texts === 0));
  if (!hasHeader) countCells(first, counts);
  return {
    columns: counts.map(({ texts, missing }, index) => ({
      index,
      name: (hasHeader && metadataText(first[index].trim())) || String(index),
      kind: texts > 0 ? 'text' : 'number',
      missing,
    })),
    rows: hasHeader ? rows - 1 : rows,
    hasHeader,
  };
}

function countCells(cells: readonly string[], counts: readonly Counts[]): void {
  for (let i = 0; i < cells.length; i++) {
    const value = cellNumber(cells[i]);
    if (value === undefined) counts[i].texts++;
    else if (Number.isNaN(value)) counts[i].missing++;
    else counts[i].numbers++;
  }
}
