import type { ComponentChildren, VNode } from 'preact';
import { formatShape, type DType, type Scaling, type Shape } from '../../../engine';
import { t } from '../../l10n';
import { Histogram } from './Histogram';
import { Numbers, type KnownValues } from './Numbers';
import { useSpread, type AskSpread } from './useSpread';

export interface StatisticsProps {
  /** What the values are of, as an expression: `out[0, 6, :, :]`. */
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly role?: string;
  /** Left out while they are not known. */
  readonly values: KnownValues | undefined;
  /** Whether these are of a sample of the array. */
  readonly isSample?: boolean;
  /** Why they are not known, and will not be. */
  readonly error?: string;
  /** How the values are spread over the colours, and so over the histogram. */
  readonly scaling: Scaling | undefined;
  readonly askSpread: AskSpread;
  /** Choices above the histogram. */
  readonly children?: ComponentChildren;
}

/** What is worth knowing of values: numbers and a histogram. */
export function Statistics(props: StatisticsProps): VNode {
  const { name, shape, dtype, role, values, isSample = false, children } = props;
  const spread = useSpread(values, isSample, props.scaling, props.askSpread);
  const error = props.error ?? spread.error;
  return (
    <div class="statistics" data-role={role}>
      <div class="statistics-text">
        <p class="statistics-head">
          <strong class="ink">{name}</strong> {formatShape(shape)} {dtype}
        </p>
        {error !== undefined && <p class="problem">{t('No statistics: {0}', error)}</p>}
        {values && <Numbers values={values} isSample={isSample} />}
      </div>
      <div class="statistics-side">
        {children}
        {spread.value && <Histogram spread={spread.value} name={name} />}
      </div>
    </div>
  );
}
