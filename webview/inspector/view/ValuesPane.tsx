import type { VNode } from 'preact';
import type { Scaling } from '../../../engine';
import { Button } from '../../controls';
import { t } from '../../l10n';
import { Statistics } from '../../views/statistics/Statistics';
import type { InspectorClient } from '../client';
import type { ValuesModel } from './arrayValues';
import type { ShownPart } from './shownPart';

export interface ValuesPaneProps {
  readonly client: InspectorClient;
  readonly model: ValuesModel;
  readonly part: ShownPart;
  /** How values are spread over the colours. */
  readonly scaling: Scaling | undefined;
}

/** The statistics of a slice; of a large one first what a sample of it says, and a way to the exact ones. */
export function ValuesPane({ client, model, part, scaling }: ValuesPaneProps): VNode {
  const { id, name, shape, dtype } = part;
  const { values, sample, progress, error } = model.of(id, shape).value;
  return (
    <>
      <Statistics
        name={name}
        shape={shape}
        dtype={dtype}
        role="array"
        values={values}
        isSample={sample !== undefined}
        error={error}
        scaling={scaling}
        askSpread={(range, signal) => client.request('array/histogram', { array: id, ...range }, signal)}
      />
      {sample !== undefined && progress === undefined && (
        <p class="sample-note">
          <span>{t('≈ from a sample of {0} values', sample.toLocaleString())}</span>
          <Button onClick={() => model.compute(id, shape)}>{t('Compute exactly')}</Button>
        </p>
      )}
      {progress !== undefined && (
        <p class="sample-note">
          <progress value={progress} aria-label={t('Statistics of all values')} />
          <span class="number">{Math.round(100 * progress)} %</span>
          <Button onClick={() => model.cancel(id)}>{t('Cancel')}</Button>
        </p>
      )}
    </>
  );
}
