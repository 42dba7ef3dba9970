import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatShape, type Region } from '../../../engine';
import { Menu, Stepper } from '../../controls';
import { t } from '../../l10n';
import { arrayId, type FileArray } from '../../protocol';
import type { PlaneCell } from '../../views/pictures/cursor';
import type { SeenCells } from '../../views/pictures/planePieces';
import { VirtualTable } from '../../views/pictures/VirtualTable';
import { arrayActions } from '../arrayActions';
import type { InspectorClient } from '../client';
import { typeText } from '../typeWords';
import { visible } from '../words';
import { ArrayHead } from './ArrayHead';
import { axisTitle } from './axisTitle';
import { createTextPages } from './textPages';
import { useSelectionText } from './useSelectionText';

export interface TextsViewProps {
  readonly client: InspectorClient;
  readonly array: FileArray;
  readonly position: number;
  /** Told of what was done, or could not be. */
  onMessage: (text: string) => void;
}

/** An array of texts or dates as a table of its last two axes. */
export function TextsView({ client, array, position, onMessage }: TextsViewProps): VNode {
  const { name, shape } = array;
  const rank = shape.length;
  const [rowAxis, columnAxis] = [rank > 1 ? rank - 2 : 0, rank > 1 ? rank - 1 : undefined];
  const rows = rank === 0 ? 1 : shape[rowAxis];
  const columns = columnAxis === undefined ? 1 : shape[columnAxis];
  const [held, setHeld] = useState<readonly number[]>(shape.map(() => 0));
  const [selected, select] = useState<PlaneCell>();
  const [, setArrivals] = useState(0);

  const pages = useMemo(() => {
    const regionOf = ({
      row,
      column,
      rows,
      columns,
    }: {
      row: number;
      column: number;
      rows: number;
      columns: number;
    }): Region =>
      shape.map((_, axis) => {
        if (axis === columnAxis) return { start: column, count: columns, step: 1 };
        if (axis === rowAxis) return { start: row, count: rows, step: 1 };
        return { start: held[axis], count: 1, step: 1 };
      });
    return createTextPages(
      { rows, columns },
      (rectangle, signal) =>
        client.request('array/texts', { array: arrayId(position), region: regionOf(rectangle) }, signal),
      () => setArrivals(count => count + 1),
    );
  }, [client, array, position, held]);
  useEffect(() => () => pages.dispose(), [pages]);

  useSelectionText(client, `${name} ${formatShape(shape)} ${typeText(array)}`);

  const failure = pages.failure();
  return (
    <section class="array-view" data-role="array" aria-label={`${name} ${formatShape(shape)}`}>
      <ArrayHead array={array}>
        <span class="picture-tools">
          <Menu
            label={t('More for {0}', name)}
            items={arrayActions(client, { id: arrayId(position), name, shape }, onMessage)}
          />
        </span>
      </ArrayHead>
      <div class="array-choices">
        {shape
          .slice(0, -2)
          .map(
            (extent, axis) =>
              extent > 1 && (
                <Stepper
                  key={axis}
                  label={axisTitle('', axis)}
                  value={held[axis]}
                  count={extent}
                  onChange={at => setHeld(held.with(axis, at))}
                />
              ),
          )}
      </div>
      <div class="array-picture">
        <VirtualTable
          array={{ name, role: 'array' }}
          rows={rows}
          columns={columns}
          rowLabel={row => (rank === 0 ? t('value') : String(row))}
          columnLabel={column => (columnAxis === undefined ? t('value') : String(column))}
          characters={columns === 1 ? 48 : 20}
          hasWords
          textsOf={(seen: SeenCells) => {
            const textOf = pages.want(seen);
            return (row, column) => {
              const text = textOf(row, column);
              return text === undefined ? undefined : visible(text);
            };
          }}
          selected={selected}
          onPoint={() => undefined}
          onPin={select}
        >
          {failure && (
            <p class="picture-failure" role="alert">
              {t('{0} cannot be read: {1}', name, failure.message)}
            </p>
          )}
        </VirtualTable>
      </div>
    </section>
  );
}
