import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { NOT_FINITE, type Rgb } from '../draw/colormap';
import { rasteriser, type ColorScale } from '../draw/colorScale';
import { brief } from '../draw/format';
import { t } from '../l10n';

/** Colours along the bar; more than a screen shows apart. */
const STEPS = 256;

export interface ColorBarProps {
  readonly scale: ColorScale;
  /** Which values that are no finite numbers occur and so need their colour explained. */
  readonly notFinite?: Readonly<Partial<Record<keyof typeof NOT_FINITE, boolean>>>;
}

/** The colours of a scale with the numbers they stand for. */
export function ColorBar({ scale, notFinite = {} }: ColorBarProps): VNode {
  const { min, max, note } = scale.domain;
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => paint(canvas.current, scale), [scale.colormap, min, max]);
  const names = { nan: 'NaN', posInf: '∞', negInf: '−∞' } as const;
  return (
    <span class="color-bar">
      {note === 'empty' ? (
        <span>{t('no finite values')}</span>
      ) : (
        <>
          <span class="color-bar-number">{brief(min, 4)}</span>
          <canvas
            ref={canvas}
            class="color-bar-colors"
            width={STEPS}
            height={1}
            role="img"
            aria-label={t('Colours from {0} to {1}, {2}', brief(min, 4), brief(max, 4), scale.colormap)}
          />
          <span class="color-bar-number">{brief(max, 4)}</span>
          {note === 'equal' && <span>{t('all values are equal')}</span>}
        </>
      )}
      {(['nan', 'posInf', 'negInf'] as const).map(
        kind => notFinite[kind] && <Swatch key={kind} color={NOT_FINITE[kind]} text={names[kind]} />,
      )}
    </span>
  );
}

function Swatch({ color, text }: { color: Rgb; text: string }): VNode {
  return (
    <span class="color-bar-swatch">
      <span style={{ background: `rgb(${color.join(', ')})` }} /> {text}
    </span>
  );
}

function paint(canvas: HTMLCanvasElement | null, scale: ColorScale): void {
  const { min, max } = scale.domain;
  const image = new ImageData(STEPS, 1);
  // Weighted ends: max − min may be over the greatest float.
  const values = Float64Array.from({ length: STEPS }, (_, i) => {
    const part = i / (STEPS - 1);
    return min * (1 - part) + max * part;
  });
  rasteriser(scale)(values, 0, 1, STEPS, new Uint32Array(image.data.buffer), 0);
  canvas?.getContext('2d')?.putImageData(image, 0, 0);
}
