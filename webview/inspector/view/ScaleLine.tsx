import type { VNode } from 'preact';
import { isFloat, type DType } from '../../../engine';
import { ColorBar } from '../../controls';
import type { ColorScale } from '../../draw/colorScale';
import type { RangeMode } from '../../draw/domain';
import { t } from '../../l10n';
import type { KnownValues } from '../../views/statistics/Numbers';
import { describeLight } from './lightRange';
import type { ViewName } from './viewChoices';

export interface ScaleLineProps {
  readonly view: ViewName;
  readonly dtype: DType;
  readonly scale: ColorScale;
  /** Of the whole array; they decide the light of colours. */
  readonly whole: KnownValues | undefined;
  readonly values: KnownValues | undefined;
  /** Whether the range is that of a sample of the values. */
  readonly isSample: boolean;
  readonly perMap: boolean;
  /** The range of light that was chosen for colours. */
  readonly light: RangeMode | undefined;
  /** What the values are measured in, where the file says. */
  readonly unit?: string;
}

/** What the colours of a picture stand for. */
export function ScaleLine({
  view,
  dtype,
  scale,
  whole,
  values,
  isSample,
  perMap,
  light,
  unit,
}: ScaleLineProps): VNode | null {
  if (view === 'number' || view === 'table' || view === 'line') return null;
  if (view === 'colour' || view === 'colourMaps')
    return (
      <span class={scale.domain.note === 'empty' ? 'scale-line is-waiting' : 'scale-line muted'}>
        {describeLight(scale.domain, whole, light)}
      </span>
    );
  const notFinite = values && { nan: values.nan > 0, posInf: values.posInf > 0, negInf: values.negInf > 0 };
  if (perMap) return <span class="muted">{t('every map has a scale of its own')}</span>;
  return (
    <span class={values ? 'scale-line' : 'scale-line is-waiting'}>
      {isSample && (
        <span class="muted" title={t('The range is that of a sample of the values.')}>
          ≈
        </span>
      )}
      <ColorBar
        scale={scale}
        notFinite={notFinite}
        hasTicks
        isWhole={!isFloat(dtype)}
        isSample={isSample}
        unit={unit}
      />
      {scale.scaling?.kind === 'log' && values && values.min <= 0 && (
        <span class="muted">{t('{0} not shown', hiddenByLog(values))}</span>
      )}
    </span>
  );
}

/**
 * How many values are not positive, as text. Those of the bin of the histogram that holds zero cannot be told apart
 * there, apart from the zeros themselves.
 */
function hiddenByLog({ min, max, histogram, zeros }: KnownValues): string {
  const width = (max - min) / histogram.length;
  const below = histogram.reduce((sum, count, bin) => (min + (bin + 1) * width <= 0 ? sum + count : sum), 0);
  if (max <= 0) return histogram.reduce((sum, count) => sum + count, 0).toLocaleString();
  return min === 0 ? zeros.toLocaleString() : `≥ ${Math.max(below, zeros).toLocaleString()}`;
}
