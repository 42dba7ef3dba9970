import type { VNode } from 'preact';
import { t } from '../../l10n';
import type { ListModel } from './listModel';
import type { SortColumn } from './sorting';

/** The titles of the columns; a click sorts by one, the other way round, and as in the file again. */
export function SortHeader({ list }: { list: ListModel }): VNode {
  const { by, descending } = list.sorting.value;
  const columns: readonly (readonly [SortColumn, string])[] = [
    ['name', t('Name')],
    ['shape', t('Shape')],
    ['dtype', t('Type')],
    ['elements', t('Count')],
    ['bytes', t('Size')],
  ];
  return (
    <>
      {columns.map(([column, title]) => {
        const order = by !== column ? 'none' : descending ? 'descending' : 'ascending';
        return (
          <span key={column} role="columnheader" aria-sort={order}>
            <button type="button" class="sort-button" onClick={() => list.sortBy(column)}>
              {title}
              {order !== 'none' && <span aria-hidden="true">{descending ? ' ↓' : ' ↑'}</span>}
            </button>
          </span>
        );
      })}
      <span role="columnheader">{t('Values')}</span>
      <span role="columnheader" class="tree-actions-title">
        <span class="visually-hidden">{t('Actions')}</span>
      </span>
    </>
  );
}
