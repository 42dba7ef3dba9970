import type { Cell, Explanation, Term } from '../trace';
import type { NamedValue } from './session';

/** What explanations call the factor of a tap in the padding. */
const PADDING = 'pad';

/**
 * The terms of a cell that have been added, after what they come to so far; with the last also what is done with the
 * sum, and the cell's value.
 * @param layer expression for the layer that the cells are in
 * @param added terms that have been added
 */
export function termVariables(layer: string, explanation: Explanation, added: number): NamedValue[] {
  const { cell, rule, terms, bias, divisor } = explanation;
  const taken = terms.slice(0, added);
  const values = taken.map(term => term.value);
  const variable = (name: string, value: number, expression = String(value)): NamedValue => ({
    name,
    value: { kind: 'number', value, dtype: 'float64' },
    expression,
    settable: false,
  });
  const running =
    rule === 'sum' || rule === 'mean'
      ? [
          variable(
            'sum',
            values.reduce((sum, value) => sum + value, 0),
          ),
        ]
      : rule === 'max' && values.length > 0
        ? [variable('max', Math.max(...values))]
        : [];
  const rest =
    added < terms.length
      ? []
      : [
          ...(bias ? [variable('bias', bias.value, cellExpression(layer, bias))] : []),
          ...(divisor === undefined ? [] : [variable('divisor', divisor)]),
          variable(cellText(cell), cell.value, cellExpression(layer, cell)),
        ];
  return [
    ...running,
    ...taken.map(term =>
      variable(
        termText(term, cellText),
        term.value,
        termText(term, factor => cellExpression(layer, factor)),
      ),
    ),
    ...rest,
  ];
}

function termText({ factors }: Term, textOf: (cell: Cell) => string): string {
  return factors.map(textOf).join(' * ');
}

/** `W[2,0,1,1]`; padding is no cell of an array. */
function cellText({ array, index, value }: Cell): string {
  if (array === PADDING) return `${PADDING} ${value}`;
  return index.length === 0 ? array : `${array}[${index.join(',')}]`;
}

function cellExpression(layer: string, cell: Cell): string {
  return cell.array === PADDING ? String(cell.value) : `${layer}.${cellText(cell)}`;
}
