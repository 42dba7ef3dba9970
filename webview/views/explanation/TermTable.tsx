import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Explanation } from '../../../engine';
import { Button } from '../../controls';
import { exact } from '../../draw/format';
import { t } from '../../l10n';
import { PAD } from './arithmetic';
import { CellLink, type CellLinks } from './CellLink';

/** Rows that are added at a time: nobody reads 57,600 of them at once. */
const PAGE = 100;
/** Terms that are seen while they are added one by one. */
const LAST_ADDED = 6;

export interface TermTableProps extends CellLinks {
  readonly explanation: Explanation;
  /** How many terms are in the result so far, where they are added one by one; the last of them are shown. */
  readonly added?: number;
}

/** Every term of a cell, with where its factors are. */
export function TermTable({ explanation, model, onSelect, added }: TermTableProps): VNode {
  const [shown, setShown] = useState(PAGE);
  const { terms, termCount, cell } = explanation;
  const { dtype } = model.array(cell.array);
  const columns = Math.max(...terms.map(({ factors }) => factors.length));
  const first = added === undefined ? 0 : Math.max(0, added - LAST_ADDED);
  const end = added ?? Math.min(shown, terms.length);
  const totals = added === undefined ? undefined : totalsOf(explanation);
  return (
    <div class="term-table" tabIndex={0} role="region" aria-label={t('Terms')}>
      <table>
        <thead>
          <tr>
            <th scope="col">#</th>
            {Array.from({ length: columns }, (_, i) => [
              <th key={`cell${i}`} scope="col">
                {t('cell')}
              </th>,
              <th key={`value${i}`} scope="col" class="number">
                {t('value')}
              </th>,
            ])}
            {columns > 1 && (
              <th scope="col" class="number">
                {t('product')}
              </th>
            )}
            {totals && (
              <th scope="col" class="number">
                {t('so far')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {terms.slice(first, end).map((term, i) => (
            <tr
              key={first + i}
              class={term.winner && !totals ? 'strong' : undefined}
              aria-current={totals && first + i === end - 1 ? 'step' : undefined}
            >
              <th scope="row">{term.winner && !totals ? t('{0} (winner)', first + i) : first + i}</th>
              {term.factors.map((factor, j) => [
                <td key={`cell${j}`}>
                  {factor.array === PAD ? (
                    <span class="muted">{t('padding')}</span>
                  ) : (
                    <CellLink cell={factor} model={model} onSelect={onSelect} />
                  )}
                </td>,
                <td key={`value${j}`} class="number">
                  {exact(factor.value, dtype)}
                </td>,
              ])}
              {columns > 1 && <td class="number">{exact(positiveZero(term.value), dtype)}</td>}
              {totals && <td class="number">{exact(totals[first + i], dtype)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {terms.length < termCount && end === terms.length && (
        <p class="muted">{t('The first {0} of {1} terms.', terms.length, termCount)}</p>
      )}
      {added === undefined && shown < terms.length && (
        <Button onClick={() => setShown(shown + PAGE)}>
          {t('{0} more', Math.min(PAGE, terms.length - shown))}
        </Button>
      )}
    </div>
  );
}

/** What the result would be after each term. Left out where the terms are not put together one by one. */
function totalsOf({ rule, terms }: Explanation): number[] | undefined {
  if (rule !== 'sum' && rule !== 'mean' && rule !== 'max') return undefined;
  const add = rule === 'max' ? Math.max : (total: number, value: number) => total + value;
  let total = rule === 'max' ? -Infinity : 0;
  return terms.map(({ value }) => (total = add(total, value)));
}

/** Zero times a negative number is −0, which would only raise questions. */
function positiveZero(value: number): number {
  return value + 0;
}
