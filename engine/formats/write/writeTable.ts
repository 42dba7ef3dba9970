import { formatFloat, isFloat, compactShape, type Tensor } from '../../tensor';

/**
 * A tensor as a table of text, a line for each row, numbers with all their digits; numpy.loadtxt and pandas.read_csv
 * (with `comment='#'`) read it. One axis becomes one column. Of more than two, each index of the axes before the last
 * is a row, and a first line `# shape (2,3,4)` tells what they were.
 * @param separator between the cells: `,` for .csv, a tab for .tsv and spreadsheets
 */
export function writeTable(tensor: Tensor, separator: ',' | '\t'): string {
  const { data, dtype, shape } = tensor;
  const columns = shape.length < 2 ? 1 : shape[shape.length - 1];
  const lines = shape.length > 2 ? [`# shape ${compactShape(shape)}`] : [];
  const cell = isFloat(dtype)
    ? (value: number | bigint) => formatFloat(Number(value), dtype)
    : (value: number | bigint) => String(value);
  for (let start = 0; start < data.length; start += columns) {
    lines.push(Array.from(data.subarray(start, start + columns), cell).join(separator));
  }
  return lines.map(line => `${line}\n`).join('');
}
