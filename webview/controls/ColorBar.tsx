import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { NOT_FINITE, NOT_POSITIVE, type Rgb } from '../draw/colormap';
import { rasteriser, valuesAlong, type ColorScale } from '../draw/colorScale';
import { brief, digitsWithin } from '../draw/format';
import { LINEAR, scaled, shownRange } from '../../engine';
import { valueTicks } from '../draw/valueTicks';
import { t } from '../l10n';

/** Colours along the bar; more than a screen shows apart. */
const STEPS = 256;
/** Ticks that the numbers of which have room beside one another. */
const MOST_TICKS = 4;
/** Part of the bar at each end where a tick would run into the number there. */
const NEAR_END = 0.12;

export interface ColorBarProps {
  readonly scale: ColorScale;
  /** Which values that are no finite numbers occur and so need their colour explained. */
  readonly notFinite?: Readonly<Partial<Record<keyof typeof NOT_FINITE, boolean>>>;
  /** Whether there is room for round numbers below the bar. */
  readonly hasTicks?: boolean;
  /** Whether there are whole numbers only. */
  readonly isWhole?: boolean;
  /** Whether the range is that of a sample of the values. */
  readonly isSample?: boolean;
  /** What the values are measured in. */
  readonly unit?: string;
}

/** The colours of a scale with the numbers they stand for. */
export function ColorBar(props: ColorBarProps): VNode {
  const { scale, notFinite = {}, hasTicks = false, isWhole = false, isSample = false, unit } = props;
  const { domain, scaling = LINEAR } = scale;
  const { min, max } = shownRange(scaling, domain);
  const digits = digitsWithin(min, max, 4);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(
    () => paint(canvas.current, scale),
    [scale.colormap, min, max, domain.note, JSON.stringify(scaling)],
  );
  const names = { nan: 'NaN', posInf: '∞', negInf: '−∞' } as const;
  return (
    <span class="color-bar">
      {domain.note === 'empty' ? (
        <span>{t('no finite values')}</span>
      ) : (
        <>
          <span class="color-bar-number">{brief(min, digits)}</span>
          <span class={hasTicks ? 'color-bar-scale has-ticks' : 'color-bar-scale'}>
            <canvas
              ref={canvas}
              class="color-bar-colors"
              width={STEPS}
              height={1}
              role="img"
              aria-label={t(
                'Colours from {0} to {1}, {2}',
                brief(min, digits),
                brief(max, digits),
                scale.colormap,
              )}
            />
            {hasTicks && <Ticks scale={scale} isWhole={isWhole} />}
          </span>
          <span class="color-bar-number">
            {brief(max, digits)}
            {unit !== undefined && ` ${unit}`}
          </span>
          {domain.note === 'equal' && (
            <span>{isSample ? t('all values looked at are equal') : t('all values are equal')}</span>
          )}
        </>
      )}
      {(['nan', 'posInf', 'negInf'] as const).map(
        kind => notFinite[kind] && <Swatch key={kind} color={NOT_FINITE[kind]} text={names[kind]} />,
      )}
      {scaling.kind === 'log' && domain.min <= 0 && domain.note !== 'empty' && (
        <Swatch color={NOT_POSITIVE} text="≤ 0" />
      )}
    </span>
  );
}

/** Round numbers at their places below the bar. */
function Ticks({ scale, isWhole }: Required<Pick<ColorBarProps, 'scale' | 'isWhole'>>): VNode {
  const { domain, scaling = LINEAR } = scale;
  const { min, max } = shownRange(scaling, domain);
  const [from, to] = [scaled(scaling, min), scaled(scaling, max)];
  const ticks = valueTicks(scaling, min, max, MOST_TICKS, isWhole)
    .map(tick => ({ tick, place: (scaled(scaling, tick) - from) / (to - from) }))
    .filter(({ place }) => place >= NEAR_END && place <= 1 - NEAR_END);
  return (
    <span class="color-bar-ticks" aria-hidden="true">
      {ticks.map(({ tick, place }) => (
        <span key={tick} style={{ left: `${100 * place}%` }}>
          {brief(tick, digitsWithin(min, max, 3))}
        </span>
      ))}
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
  const image = new ImageData(STEPS, 1);
  const pixels = new Uint32Array(image.data.buffer);
  rasteriser(scale)(valuesAlong(scale, STEPS), 0, 1, STEPS, pixels, 0);
  canvas?.getContext('2d')?.putImageData(image, 0, 0);
}
