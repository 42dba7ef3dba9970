import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Metadata } from '../../../engine';
import { Button, SearchField } from '../../controls';
import { t } from '../../l10n';
import { reporting } from '../../reporting';
import { treeRows, type TreeRow } from '../../tree/treeRows';
import { VirtualTree } from '../../tree/VirtualTree';
import { filterMetadata } from './metadataFilter';

/** Nodes with more children begin closed. */
const MOST_OPEN = 50;
/** Characters of a value in the tree, and below it. The rest is for the clipboard. */
const LONGEST_CELL = 200;
const LONGEST_VALUE = 20_000;

export interface MetadataViewProps {
  /** What the metadata are of. */
  readonly label: string;
  readonly nodes: readonly Metadata[];
  onMessage: (text: string) => void;
}

/** What a file, or an array, says about itself: a tree of names and values, and the chosen value in full. */
export function MetadataView({ label, nodes, onMessage }: MetadataViewProps): VNode {
  const filter = useSignal('');
  const folding = useSignal<ReadonlyMap<string, boolean>>(new Map());
  const cursor = useSignal<string | undefined>(undefined);
  const text = filter.value.toLowerCase();
  const byHand = folding.value;
  const kept = useMemo(() => filterMetadata(nodes, text), [nodes, text]);
  const rows = useMemo(
    () =>
      treeRows(kept, {
        idOf: (_, place, parent) => `${parent}/${place}`,
        childrenOf: node => node.children ?? [],
        isOpen: (node, id) => byHand.get(id) ?? (text !== '' || (node.children?.length ?? 0) <= MOST_OPEN),
      }),
    [kept, byHand, text],
  );
  const chosen = rows.find(({ id }) => id === cursor.value)?.item;
  return (
    <div class="metadata">
      <SearchField
        label={t('Filter by name or value')}
        value={filter.value}
        onInput={typed => {
          filter.value = typed;
          folding.value = new Map();
        }}
      />
      <VirtualTree
        label={label}
        rows={rows}
        header={
          <>
            <span role="columnheader">{t('Name')}</span>
            <span role="columnheader">{t('Value')}</span>
          </>
        }
        cursor={cursor}
        selected={chosen && cursor.value}
        name={({ item }: TreeRow<Metadata>) => (
          <span class="tree-label">{item.name.slice(0, LONGEST_CELL)}</span>
        )}
        cells={({ item }) => (
          <span role="gridcell" class="tree-code">
            {item.value?.slice(0, LONGEST_CELL)}
          </span>
        )}
        onFold={({ id }, open) => (folding.value = new Map(folding.peek()).set(id, open))}
        onOpen={({ id }) => (cursor.value = id)}
      />
      {chosen?.value !== undefined && (
        <ChosenValue name={chosen.name} value={chosen.value} onMessage={onMessage} />
      )}
    </div>
  );
}

function ChosenValue(props: { name: string; value: string; onMessage: (text: string) => void }): VNode {
  const { name, value, onMessage } = props;
  const copy = reporting(onMessage)(async () => {
    await navigator.clipboard.writeText(value);
    return t('Copied {0}', name.slice(0, LONGEST_CELL));
  });
  return (
    <div class="metadata-value">
      <pre tabIndex={0} role="region" aria-label={name.slice(0, LONGEST_CELL)}>
        {value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value}
      </pre>
      <Button onClick={copy}>{t('Copy value')}</Button>
    </div>
  );
}
