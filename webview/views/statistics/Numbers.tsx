import type { VNode } from 'preact';
import type { Stats } from '../../../engine';
import { brief } from '../../draw/format';
import { t } from '../../l10n';

/** The statistics of an array, or what a sample of it says of them. */
export type KnownValues = Pick<
  Stats,
  'min' | 'max' | 'zeros' | 'nan' | 'posInf' | 'negInf' | 'histogram' | 'count'
> &
  Partial<Pick<Stats, 'mean' | 'std'>>;

export interface NumbersProps {
  readonly values: KnownValues;
  /** Whether these are of a sample of the array. */
  readonly isSample?: boolean;
}

export function Numbers({ values, isSample = false }: NumbersProps): VNode {
  const { min, max, mean, std, zeros, count, nan, posInf, negInf } = values;
  return (
    <dl class="statistics-numbers">
      <dt>{t('min … max')}</dt>
      <dd>
        {brief(min)} … {brief(max)}
      </dd>
      {mean !== undefined && std !== undefined && (
        <>
          <dt>{t('mean ± std')}</dt>
          <dd>
            {brief(mean)} ± {brief(std)}
          </dd>
        </>
      )}
      <dt>{t('zeros')}</dt>
      <dd>
        {isSample
          ? t('{0} of the {1} looked at', zeros.toLocaleString(), count.toLocaleString())
          : t('{0} of {1}', zeros, count)}
      </dd>
      <dt>{t('NaN · Inf')}</dt>
      <dd class={nan + posInf + negInf > 0 ? 'problem' : undefined}>
        {nan} · {posInf + negInf}
      </dd>
    </dl>
  );
}
