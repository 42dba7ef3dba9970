import type { VNode } from 'preact';
import { useSignal } from '@preact/signals';
import { wholeRegion, type Region } from '../../engine';
import { Select } from '../controls';
import { t } from '../l10n';
import type { RunModel } from '../model/runModel';
import { heldIndex, layerOf } from '../model/positions';
import { viewOf } from '../model/pictureView';
import type { ArrayInfo } from '../protocol';
import { Statistics } from '../views/statistics/Statistics';

type Scope = 'array' | 'map';

/** What is worth knowing of the values of the explained cell's array: numbers and a histogram. */
export function CellStatistics({ model }: { model: RunModel }): VNode | null {
  const scope = useSignal<Scope>('array');
  const cell = model.explained.value;
  if (!cell) return null;
  const array = model.array(cell.array);
  const map = mapRegion(array, model);
  const region = scope.value === 'map' && map ? map : wholeRegion(array.shape);
  const { role } = model.array(array.scaleOf ?? array.name);
  const { value: stats, error } = model.stats(array.name, region).value;
  return (
    <Statistics
      name={regionName(array, region)}
      shape={array.shape.filter((extent, axis) => extent === region[axis].count)}
      dtype={array.dtype}
      role={array.role}
      values={stats}
      error={error}
      scaling={model.settings.colours.value[role].scaling}
      askSpread={(range, signal) =>
        model.client.request('array/histogram', { array: array.name, region, ...range }, signal)
      }
    >
      {map && (
        <Select
          label={t('Statistics of')}
          value={scope.value}
          options={[
            { value: 'array', text: t('whole array') },
            { value: 'map', text: t('this map') },
          ]}
          onChange={chosen => (scope.value = chosen)}
        />
      )}
    </Statistics>
  );
}

/** The plane that the selected cell lies in, for arrays of several. */
function mapRegion(array: ArrayInfo, model: RunModel): Region | undefined {
  const layer = layerOf(array, model.run.layers);
  const view = viewOf(array, layer);
  if (view.kind === 'matrix' || view.kind === 'number') return undefined;
  const held = heldIndex(array, layer, model.positions.value);
  const region = array.shape.map((extent, axis) =>
    axis === view.rowAxis || axis === view.columnAxis
      ? { start: 0, count: extent, step: 1 }
      : { start: held[axis], count: 1, step: 1 },
  );
  return region.every(({ count }, axis) => count === array.shape[axis]) ? undefined : region;
}

/** `out[0, 6, :, :]`, or `out` for all of it. */
function regionName({ name, shape }: ArrayInfo, region: Region): string {
  const axes = region.map(({ start, count }, axis) => (count === shape[axis] ? ':' : `${start}`));
  return axes.every(axis => axis === ':') ? name : `${name}[${axes.join(', ')}]`;
}
