import { FormatError, UnsupportedError } from '../../errors';
import { checkRegion, formatBytes, Tensor, type Region } from '../../tensor';
import { readBytes, type ByteSource } from '../bytes/byteSource';
import { metadataText, textMetadata } from '../metadata';
import { pythonText } from '../write/pythonText';
import { decodedEntry, type Contents, type Note, type OpenContext, type TextEntry } from '../tensorFile';
import { cellNumber } from './cells';
import { surveyColumns, type Column, type Survey } from './columns';
import { eachRecord, tableOf, type Table } from './records';

/** Text is taken apart cell by cell; for a larger table nobody wants to wait. */
const MAX_CSV = 2 ** 26;
/** Texts of a column that are kept once it is read. */
const MAX_TEXTS = 1_000_000;

/** The separators that have no sign of their own. */
const SEPARATOR_NAMES: ReadonlyMap<string, string> = new Map([
  ['\t', 'tab'],
  [' ', 'blank'],
]);

/**
 * Opens a table of values between commas, tabs, semicolons, bars or blanks: its columns of numbers as one array
 * (rows, columns) float64, each column of texts as an array (rows). A first row of names is left out of the arrays, and
 * where a number is missing there is NaN. Source: RFC 4180; pandas.read_csv for what counts as missing.
 * @throws FormatError if it is no text or its rows differ in length, UnsupportedError if it is too large
 */
export async function openCsv(source: ByteSource, { name, signal }: OpenContext): Promise<Contents> {
  if (source.size > MAX_CSV) {
    throw new UnsupportedError(
      `csv: the table has ${formatBytes(source.size)}, at most ${formatBytes(MAX_CSV)} are read; save it as .npy`,
    );
  }
  const bytes = await readBytes(source, 'csv', 0, source.size, signal);
  const table = tableOf(decode(bytes));
  const survey = surveyColumns(table);
  if (survey.rows === 0) throw new FormatError('csv', 'holds no row of values');
  const numeric = survey.columns.filter(({ kind }) => kind === 'number');
  const texts = survey.columns.filter(({ kind }) => kind === 'text');
  const keepTexts = survey.rows <= MAX_TEXTS;
  const shape = [survey.rows, numeric.length];
  const numbers = () => Promise.resolve(Tensor.wrap(readNumbers(table, survey, numeric), shape, 'float64'));
  return {
    tensors:
      numeric.length > 0
        ? [{ ...decodedEntry(name, 'float64', shape, numbers), access: columnsAccess(survey, numeric) }]
        : [],
    texts: keepTexts ? texts.map(column => textColumn(table, survey, column)) : [],
    notes: [
      ...missingNote(survey, numeric),
      ...commentNote(table),
      ...(keepTexts
        ? []
        : texts.map(column => ({ name: column.name, reason: `is over ${MAX_TEXTS} texts` }))),
    ],
    metadata: [
      { name: 'separator', value: SEPARATOR_NAMES.get(table.separator) ?? table.separator },
      ...(survey.hasHeader
        ? [{ name: 'columns', children: textMetadata(numeric.map((column, i) => [String(i), column.name])) }]
        : []),
    ],
    python: {
      arguments: [
        `sep=${pythonText(table.separator)}`,
        ...(isUtf16(bytes) ? ["encoding='utf-16'"] : []),
      ].join(', '),
    },
  };
}

/** The columns in a table that pandas read without a header, as numbers. */
function columnsAccess({ hasHeader, columns }: Survey, numeric: readonly Column[]): string {
  const rows = hasHeader ? '1:' : ':';
  const which = numeric.length === columns.length ? ':' : `[${numeric.map(({ index }) => index).join(', ')}]`;
  return `.iloc[${rows}, ${which}].astype(float).to_numpy()`;
}

/** As spreadsheets save "Unicode text". */
function isUtf16(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe;
}

function decode(bytes: Uint8Array): string {
  const text = new TextDecoder(isUtf16(bytes) ? 'utf-16le' : 'utf-8').decode(bytes);
  if (text.includes('\0')) throw new FormatError('csv', 'is no text', text.indexOf('\0'));
  return text;
}

function missingNote({ rows }: Survey, numeric: readonly Column[]): Note[] {
  const missing = numeric.reduce((sum, column) => sum + column.missing, 0);
  if (missing === 0) return [];
  return [
    { name: '', reason: `${missing} of its ${rows * numeric.length} numbers are missing, and read as NaN` },
  ];
}

function commentNote({ text }: Table): Note[] {
  const comments = text.match(/^#/gm)?.length ?? 0;
  return comments === 0 ? [] : [{ name: '', reason: `lines that start with # are left out: ${comments}` }];
}

/** The rows without the header. */
function eachRow(table: Table, { hasHeader }: Survey, take: (cells: string[]) => void): void {
  eachRecord(table, (cells, row) => {
    if (row > 0 || !hasHeader) take(cells);
  });
}

function readNumbers(table: Table, survey: Survey, numeric: readonly Column[]): Float64Array {
  const values = new Float64Array(survey.rows * numeric.length);
  let next = 0;
  eachRow(table, survey, cells => {
    for (const { index } of numeric) values[next++] = cellNumber(cells[index]) ?? NaN;
  });
  return values;
}

/** A column of texts; they are read at once, when the first is asked for. */
function textColumn(table: Table, survey: Survey, { name, index }: Column): TextEntry {
  const shape = [survey.rows];
  let texts: string[] | undefined;
  const read = (region: Region): string[] => {
    checkRegion(region, shape);
    const all = (texts ??= readTexts(table, survey, index));
    const [{ start, count, step }] = region;
    return Array.from({ length: count }, (_, i) => all[start + i * step]);
  };
  const access = `.iloc[${survey.hasHeader ? '1:' : ':'}, ${index}].to_numpy()`;
  return { name, storedType: 'text', access, shape, readTexts: region => Promise.resolve(region).then(read) };
}

function readTexts(table: Table, survey: Survey, index: number): string[] {
  const texts: string[] = [];
  eachRow(table, survey, cells => texts.push(metadataText(cells[index])));
  return texts;
}
