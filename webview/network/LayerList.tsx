import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { MenuItems } from '../controls';
import { t } from '../l10n';
import type { ShownSession } from '../protocol';
import { VirtualTree, type At } from '../tree/VirtualTree';
import type { TreeRow } from '../tree/treeRows';
import { linkParts, linksOf, MOST_LANES } from './links';
import { LinkLines } from './LinkLines';
import { layerCells, LayerName } from './LayerRow';
import { layerRows, rowId, stateOnTheWay, type LayerItem } from './layerRows';
import type { NetworkModel } from './networkModel';

/** The layers in the order in which they run, with their shapes and how far the session has come. A click goes to one. */
export function LayerList({ model, state }: { model: NetworkModel; state: ShownSession }): VNode {
  const { layers, position } = state;
  const rows = useMemo(() => layerRows(layers), [layers]);
  const links = useMemo(() => linksOf(layers), [layers]);
  const onTheWay = stateOnTheWay(state, model.running.value);
  const lanes = links.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const cursor = useSignal<string | undefined>(rowId(position.layer));
  const [menu, setMenu] = useState<{ row: TreeRow<LayerItem>; at: At }>();

  useEffect(() => {
    cursor.value = rowId(position.layer);
  }, [state.run, position.layer]);
  const name = useMemo(
    () => (row: TreeRow<LayerItem>) => (
      <>
        <LinkLines parts={linkParts(links, row.place - 1)} count={Math.min(lanes, MOST_LANES)} />
        <LayerName item={row.item} state={onTheWay} />
      </>
    ),
    [links, lanes, onTheWay],
  );
  const cells = useMemo(() => (row: TreeRow<LayerItem>) => layerCells(row.item, state), [state]);
  const goTo = ({ index }: LayerItem): void => {
    const direction = index < 0 ? 'forward' : position.direction;
    void model.goTo({ direction, layer: index });
  };

  return (
    <div class="layer-list">
      <VirtualTree
        label={t('Layers')}
        rows={rows}
        cursor={cursor}
        selected={rowId(position.layer)}
        header={
          <>
            <span role="columnheader">{t('Layer')}</span>
            <span role="columnheader">{t('Output')}</span>
            <span role="columnheader" class="tree-number">
              {t('Parameters')}
            </span>
          </>
        }
        name={name}
        cells={cells}
        onFold={() => undefined}
        onOpen={row => goTo(row.item)}
        onMenu={(row, at) => setMenu({ row, at })}
      />
      {menu && (
        <MenuItems
          label={t('Actions for {0}', menu.row.item.name)}
          heading={menu.row.item.name}
          at={menu.at}
          items={[
            { text: t('Go to This Layer'), onChoose: () => goTo(menu.row.item) },
            { text: t('Show in the File'), onChoose: () => model.reveal(menu.row.item.index) },
          ]}
          onClose={() => setMenu(undefined)}
        />
      )}
    </div>
  );
}
