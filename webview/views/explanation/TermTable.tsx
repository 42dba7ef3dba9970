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

export interface TermTableProps extends CellLinks {
  readonly explanation: Explanation;
}

/** Every term of a cell, with where its factors are. */
export function TermTable({ explanation, model, onSelect }: TermTableProps): VNode {
  const [shown, setShown] = useState(PAGE);
  const { terms, termCount, cell } = explanation;
  const { dtype } = model.array(cell.array);
  const columns = Math.max(...terms.map(({ factors }) => factors.length));
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
          </tr>
        </thead>
        <tbody>
          {terms.slice(0, shown).map((term, i) => (
            <tr key={i} class={term.winner ? 'strong' : undefined}>
              <th scope="row">{term.winner ? t('{0} (winner)', i) : i}</th>
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
            </tr>
          ))}
        </tbody>
      </table>
      {terms.length < termCount && shown >= terms.length && (
        <p class="muted">{t('The first {0} of {1} terms.', terms.length, termCount)}</p>
      )}
      {shown < terms.length && (
        <Button onClick={() => setShown(shown + PAGE)}>
          {t('{0} more', Math.min(PAGE, terms.length - shown))}
        </Button>
      )}
    </div>
  );
}

/** Zero times a negative number is −0, which would only raise questions. */
function positiveZero(value: number): number {
  return value + 0;
}
