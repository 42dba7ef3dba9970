import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { formatBytes } from '../../../engine';
import { MenuItems } from '../../controls';
import { t } from '../../l10n';
import { arrayId } from '../../protocol';
import { arrayActions } from '../arrayActions';
import type { InspectorModel } from '../inspectorModel';
import type { TreeRow } from '../../tree/treeRows';
import { VirtualTree, type At } from '../../tree/VirtualTree';
import { storedText } from '../typeWords';
import { arraysText, brieflyCounted, counted, cutName, valuesText } from '../words';
import type { ArrayItem, ListItem } from './arrange';
import type { ListedArray } from './listedArray';
import { arrayRowId } from './listModel';
import { foldersOf } from './nameTree';
import { ChangedMark, OddityBadge, SketchCell } from './SketchCell';
import { SortHeader } from './SortHeader';

export interface ArrayTreeProps {
  readonly model: InspectorModel;
  onMessage: (text: string) => void;
}

/** The arrays of the file, in folders by the parts of their names, each with its facts. */
export function ArrayTree({ model, onMessage }: ArrayTreeProps): VNode {
  const { list, sketches, client } = model;
  const root = useRef<HTMLDivElement>(null);
  const menu = useSignal<{ array: ListedArray; at: At } | undefined>(undefined);
  const changed = model.changed.value;
  const changedFolders = useMemo(() => new Set([...changed].flatMap(foldersOf)), [changed]);
  const openMenu = (row: TreeRow<ListItem>, at: At): void => {
    if (row.item.kind === 'array') menu.value = { array: row.item.array, at };
  };

  const name = ({ item }: TreeRow<ListItem>): VNode =>
    item.kind === 'folder' ? (
      <>
        <span class="tree-label" title={factsOf(item)}>
          {cutName(item.label)}
        </span>
        <span class="tree-count">{counted(item.arrays)}</span>
        {changedFolders.has(item.path) && (
          <ChangedMark text={t('The file changed: arrays in here are different')} />
        )}
      </>
    ) : (
      <>
        <span class="tree-label" title={factsOf(item)}>
          {cutName(item.label) || t('(no name)')}
        </span>
        <OddityBadge array={item.array} sketches={sketches} />
        {changed.has(item.array.name) && (
          <ChangedMark text={t('The file changed: this array is different')} />
        )}
      </>
    );
  const cells = (row: TreeRow<ListItem>): VNode => {
    const { item } = row;
    const facts = item.kind === 'array' ? item.array : item;
    return (
      <>
        <span role="gridcell" class="tree-code">
          {item.kind === 'array' && item.array.shapeText}
        </span>
        <span
          role="gridcell"
          class="tree-code"
          title={item.kind === 'array' ? storedText(item.array) : undefined}
        >
          {item.kind === 'array' && item.array.typeText}
        </span>
        <span role="gridcell" class="tree-number" title={counted(facts.elements)}>
          {brieflyCounted(facts.elements)}
        </span>
        <span role="gridcell" class="tree-number">
          {formatBytes(facts.byteLength)}
        </span>
        <span role="gridcell">
          {item.kind === 'array' && <SketchCell array={item.array} sketches={sketches} />}
        </span>
        <span role="gridcell">
          {item.kind === 'array' && (
            <button
              type="button"
              class="icon-button tree-more"
              tabIndex={-1}
              aria-label={t('More for {0}', cutName(item.array.name))}
              title={t('More for {0}', cutName(item.array.name))}
              onClick={event => {
                event.stopPropagation();
                const { left, bottom } = event.currentTarget.getBoundingClientRect();
                list.cursor.value = row.id;
                openMenu(row, { x: left, y: bottom });
              }}
            >
              ⋯
            </button>
          )}
        </span>
      </>
    );
  };

  return (
    <div class="array-tree" ref={root}>
      <VirtualTree
        label={t('Arrays')}
        rows={list.rows.value}
        header={<SortHeader list={list} />}
        cursor={list.cursor}
        selected={model.selected.value === undefined ? undefined : arrayRowId(model.selected.value)}
        name={name}
        cells={cells}
        onFold={({ item }, open) => item.kind === 'folder' && list.fold(item.path, open)}
        onOpen={({ item }) => item.kind === 'array' && model.select(item.array.name)}
        onMenu={openMenu}
        onView={rows => sketches.want(sketched(rows))}
      />
      {menu.value && (
        <MenuItems
          label={t('More for {0}', cutName(menu.value.array.name))}
          at={menu.value.at}
          items={arrayActions(
            client,
            { ...menu.value.array, id: arrayId(menu.value.array.position) },
            onMessage,
          )}
          onClose={byKeyboard => {
            menu.value = undefined;
            if (byKeyboard) root.current?.querySelector<HTMLElement>('[role=treegrid]')?.focus();
          }}
        />
      )}
    </div>
  );
}

/** The arrays of these rows that have numbers to sketch. */
function sketched(rows: readonly TreeRow<ListItem>[]): string[] {
  return rows
    .map(({ item }) => item)
    .filter((item): item is ArrayItem => item.kind === 'array' && item.array.elements > 0)
    .map(({ array }) => array.name);
}

/** All that the columns say, for lists that are too narrow for them. */
function factsOf(item: ListItem): string {
  const { byteLength, elements } = item.kind === 'array' ? item.array : item;
  const size = `${valuesText(elements)} · ${formatBytes(byteLength)}`;
  if (item.kind === 'folder') return `${cutName(item.path)}\n${arraysText(item.arrays)} · ${size}`;
  const { name, shapeText, typeText } = item.array;
  const type = [typeText, storedText(item.array)].filter(Boolean).join(' · ');
  return `${cutName(name)}\n${shapeText} ${type}\n${size}`;
}
