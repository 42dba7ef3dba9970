import type { Cell, Explanation, Shape, Term } from '../../../engine';
import { t } from '../../l10n';

/** A piece of a line of arithmetic. */
export interface Part {
  readonly text: string;
  /** The array whose role colours the piece; {@link PAD} for padding. */
  readonly array?: string;
  /** The cell that the piece stands for, where it is exactly one. */
  readonly cell?: Cell;
  /** The result, or the winner of a maximum. */
  readonly strong?: boolean;
}

export type Line = readonly Part[];

/** How numbers are written, and how large the arrays are. */
export interface Notation {
  /** A number among many in a line. */
  readonly short: (value: number) => string;
  /** A number that somebody may want to copy. */
  readonly full: (value: number) => string;
  readonly shapeOf: (array: string) => Shape;
}

/** Name of the array of a factor that lies in the padding. */
export const PAD = 'pad';

/** Terms written out in a line; the table has all of them. */
const SHOWN_TERMS = 5;

/** The cell's value as lines of arithmetic: what it is, then with numbers. */
export function arithmetic(explanation: Explanation, notation: Notation): Line[] {
  const { cell, rule, terms, termCount, bias, divisor, sum = 0 } = explanation;
  const { full } = notation;
  const left = [cellPart(cell), text(' = ')];
  const result: Part = { text: full(cell.value), array: cell.array, strong: true };
  switch (rule) {
    case 'given':
      return [[...left, result, text(`  ${t('as given')}`)]];
    case 'copy':
      return [[...left, cellPart(terms[0].factors[0]), text(' = '), result]];
    case 'count':
      return [[...left, result, text(`  ${t('taps have landed here so far')}`)]];
    case 'max':
    case 'argMax': {
      const name = rule === 'max' ? 'max' : 'argmax';
      return [
        [...left, text(`${name}(`), ...slices(explanation, notation), text(')')],
        [text(`= ${name}(`), ...listed(explanation, ', ', notation), text(') = '), result],
      ];
    }
    case 'formula': {
      const { short } = notation;
      const values = (cell: Cell, after: string): Part => ({
        ...cellPart(cell),
        text: /[^(,\s]\s*$/.test(after) ? bracketed(short(cell.value)) : short(cell.value),
      });
      return [
        [...left, ...filled(explanation, cellPart)],
        [text('= '), ...filled(explanation, values), text(' = '), result],
      ];
    }
    case 'mean': {
      const share = ` / ${divisor ?? terms.length}`;
      const numbers = listed(explanation, ' + ', notation);
      if (terms.length === 1)
        return [
          [
            ...left,
            ...slices(explanation, notation),
            text(`${share} = `),
            ...numbers,
            text(`${share} = `),
            result,
          ],
        ];
      return [
        [...left, text('mean('), ...slices(explanation, notation), text(')')],
        [text('= ('), ...numbers, text(`)${share} = `), result],
      ];
    }
    case 'sum': {
      if (terms.length === 0) return [[...left, result, text(`  ${t('nothing flows here')}`)]];
      const [{ factors, via }] = terms;
      if (termCount === 1 && factors.length === 1 && !via && !bias)
        return [[...left, cellPart(factors[0]), text(' = '), result]];
      if (areOfSeveralArrays(terms))
        return [
          [...left, ...summands(terms)],
          [text('= '), ...listed(explanation, ' + ', notation), text(' = '), result],
        ];
      const formula = slices(explanation, notation);
      const isProduct = formula.length > 1 || terms.length < 2;
      const first = [
        ...left,
        ...(isProduct ? formula : [text('Σ '), ...formula, ...placesNote(explanation, notation)]),
      ];
      const second = [text('= '), ...listed(explanation, ' + ', notation), ...zeroNote(explanation)];
      if (!bias) return [first, [...second, text(' = '), result]];
      return [
        [...first, text(' + '), cellPart(bias)],
        second,
        [
          text(`= ${full(sum)} + `),
          { ...cellPart(bias), text: bracketed(full(bias.value)) },
          text(' = '),
          result,
        ],
      ];
    }
  }
}

/** `out[0, 6, 12, 7]`; the array alone where it is one number. */
export function cellName({ array, index }: Pick<Cell, 'array' | 'index'>): string {
  return array === PAD ? t('padding') : indexed(array, index);
}

/**
 * The smallest slice that holds all the cells, in NumPy's notation: `col[295, :]`, `x[0, 0, 12:17, 7:12]`.
 * @param cells cells of one array, at least one
 * @param complete whether these are all of them; if not, an end that is not known is written `…`
 */
export function sliceName(
  cells: readonly Pick<Cell, 'array' | 'index'>[],
  shape: Shape,
  complete = true,
): string {
  const axes = boundsOf(cells, shape).map(({ first, last }, axis) => {
    const extent = shape[axis];
    if (first === last) return `${first}`;
    if (first === 0 && last === extent - 1) return ':';
    return complete ? `${first}:${last + 1}` : `${first}:…`;
  });
  return indexed(cells[0].array, axes);
}

/** The first and the last position along each axis. */
function boundsOf(
  cells: readonly Pick<Cell, 'index'>[],
  shape: Shape,
): { readonly first: number; readonly last: number }[] {
  return shape.map((_extent, axis) => {
    let first = Infinity;
    let last = -Infinity;
    for (const { index } of cells) {
      first = Math.min(first, index[axis]);
      last = Math.max(last, index[axis]);
    }
    return { first, last };
  });
}

function indexed(array: string, axes: readonly (number | string)[]): string {
  return axes.length > 0 ? `${array}[${axes.join(', ')}]` : array;
}

function text(value: string): Part {
  return { text: value };
}

function cellPart(cell: Cell): Part {
  const part = { text: cellName(cell), array: cell.array };
  return cell.array === PAD ? part : { ...part, cell };
}

/** The slices that the terms' cells lie in; those of the step's matrices where it has them: `col[295, :] · colW[:, 6]`. */
function slices({ terms, termCount }: Explanation, { shapeOf }: Notation): Part[] {
  const rows = terms.map(term => term.via ?? term.factors);
  return rows[0].flatMap((_, column) => {
    const cells = rows.map(row => row[column]).filter(({ array }) => array !== PAD);
    const slice =
      cells.length > 0
        ? {
            text: sliceName(cells, shapeOf(cells[0].array), terms.length === termCount),
            array: cells[0].array,
          }
        : { text: t('padding'), array: PAD };
    return column > 0 ? [text(' · '), slice] : [slice];
  });
}

/** Whether each term is a cell of another array, as in an addition of arrays. */
function areOfSeveralArrays(terms: readonly Term[]): boolean {
  return (
    terms.every(({ factors, via }) => factors.length === 1 && !via) &&
    new Set(terms.map(({ factors: [from] }) => from.array)).size > 1
  );
}

/** The cells of an addition of arrays by name. */
function summands(terms: readonly Term[]): Part[] {
  const cells = terms
    .slice(0, SHOWN_TERMS)
    .flatMap(({ factors: [from] }, i) => (i > 0 ? [text(' + '), cellPart(from)] : [cellPart(from)]));
  return terms.length > SHOWN_TERMS ? [...cells, text(' + …')] : cells;
}

/** The first terms that matter to the result, with the winner among them, and `…` for the others. */
function listed(explanation: Explanation, separator: string, { short }: Notation): Part[] {
  const { terms, termCount } = explanation;
  const adds = separator.includes('+');
  const nonZero = adds ? terms.filter(({ value }) => value !== 0) : terms;
  const candidates = nonZero.length > 0 ? nonZero : terms;
  const shown = candidates.slice(0, SHOWN_TERMS);
  const winner = terms.find(term => term.winner);
  if (winner && !shown.includes(winner)) shown[shown.length - 1] = winner;
  const parts = shown.flatMap(({ factors, winner }, place) =>
    factors.flatMap((factor, i) => {
      const number = factor.array === PAD ? t('pad') : short(factor.value);
      const followsOperator = i > 0 || (adds && place > 0 && factors.length === 1);
      const operator = i > 0 ? '·' : place > 0 ? separator : '';
      return [
        text(operator),
        { ...cellPart(factor), text: followsOperator ? bracketed(number) : number, strong: winner },
      ];
    }),
  );
  return candidates.length > shown.length || termCount > terms.length
    ? [...parts, text(`${separator}…`)]
    : parts;
}

function zeroNote({ terms, termCount }: Explanation): Part[] {
  if (termCount < 2) return [];
  if (terms.length < termCount) return [text(`  (${t('{0} terms', termCount)})`)];
  const nonZero = terms.filter(({ value }) => value !== 0).length;
  if (nonZero === termCount) return termCount > SHOWN_TERMS ? [text(`  (${t('{0} terms', termCount)})`)] : [];
  return [text(`  (${t('{0} of {1} terms are not zero', nonZero, termCount)})`)];
}

/** How many of the cells of a slice are added, where it holds others too. */
function placesNote({ terms, termCount }: Explanation, { shapeOf }: Notation): Part[] {
  const cells = terms.map(({ factors, via }) => (via ?? factors)[0]).filter(({ array }) => array !== PAD);
  if (cells.length === 0 || terms.length < termCount) return [];
  const held = boundsOf(cells, shapeOf(cells[0].array)).reduce(
    (count, { first, last }) => count * (last - first + 1),
    1,
  );
  return held > cells.length ? [text(`  (${t('{0} of these cells', cells.length)})`)] : [];
}

/** The formula with a piece for each of its cells. @param write gets what stands before the cell, too */
function filled({ formula = '', terms }: Explanation, write: (cell: Cell, after: string) => Part): Part[] {
  // Words, then the number of a term, and so on.
  const pieces = formula.split(/\{(\d+)\}/);
  return pieces.map((piece, i) =>
    i % 2 === 0 ? text(piece) : write(terms[Number(piece)].factors[0], pieces[i - 1]),
  );
}

/** A negative number after an operator stands in brackets. */
function bracketed(number: string): string {
  return number.startsWith('−') ? `(${number})` : number;
}
