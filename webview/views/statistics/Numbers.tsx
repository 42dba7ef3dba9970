import type { VNode } from 'preact';
import type { Stats } from '../../../engine';
import { brief, digitsWithin } from '../../draw/format';
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
  const digits = digitsWithin(min, max);
  const left = nan + posInf + negInf;
  return (
    <dl class="statistics-numbers">
      <dt>{t('min … max')}</dt>
      <dd>{Number.isNaN(min) ? '–' : `${brief(min, digits)} … ${brief(max, digits)}`}</dd>
      {mean !== undefined && std !== undefined && (
        <>
          <dt>{t('mean ± std')}</dt>
          <dd>{Number.isNaN(mean) ? '–' : `${brief(mean, digits)} ± ${brief(std)}`}</dd>
        </>
      )}
      <dt>{t('zeros')}</dt>
      <dd>
        {isSample
          ? t('{0} of the {1} looked at', zeros.toLocaleString(), count.toLocaleString())
          : t('{0} of {1}', zeros.toLocaleString(), count.toLocaleString())}
      </dd>
      <dt>{t('NaN · Inf')}</dt>
      <dd class={left > 0 ? 'problem' : undefined}>
        {nan.toLocaleString()} · {(posInf + negInf).toLocaleString()}
        {left === 0 && isSample && ` (${t('in the sample')})`}
        {left > 0 && left < count && ` (${t('left out above')})`}
      </dd>
    </dl>
  );
}
