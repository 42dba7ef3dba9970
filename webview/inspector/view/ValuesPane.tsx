import type { VNode } from 'preact';
import { Button } from '../../controls';
import { t } from '../../l10n';
import { Statistics } from '../../views/statistics/Statistics';
import type { ValuesModel } from './arrayValues';
import type { ShownPart } from './shownPart';

export interface ValuesPaneProps {
  readonly model: ValuesModel;
  readonly part: ShownPart;
}

/** The statistics of a slice; of a large one first what a sample of it says, and a way to the exact ones. */
export function ValuesPane({ model, part }: ValuesPaneProps): VNode {
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
