import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { valuesAlong } from '../../draw/colorScale';
import { brief, digitsWithin } from '../../draw/format';
import { t } from '../../l10n';
import type { Spread } from '../../protocol';
import { scalingTitle } from '../colours/scalingTitle';
import { whenIdle } from '../../whenIdle';
import { themeAt, themeChanges } from '../pictures/theme';

export interface HistogramProps {
  readonly spread: Spread;
  /** What the values are of. */
  readonly name: string;
}

/** How often values occur, from the least to the greatest, in the colour of the role around it. */
export function Histogram({ spread, name }: HistogramProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const erase = useRef<(() => void) | undefined>(undefined);
  const theme = themeChanges.value;
  const { histogram, min, max, scaling, outside, isSample } = spread;
  const digits = digitsWithin(min, max);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let isGone = false;
    const draw = async (): Promise<void> => {
      const { drawBars } = await import('./barChart');
      if (isGone) return;
      erase.current?.(); // not before: a step through slices would let the bars flicker
      erase.current = drawBars(element, {
        heights: histogram,
        names: binNames(spread),
        color: themeAt(element).role,
      });
      element.ariaBusy = null;
    };
    element.ariaBusy = 'true';
    const forget = whenIdle(() => void draw());
    return () => {
      isGone = true;
      forget();
    };
  }, [spread, theme]);
  useEffect(() => () => erase.current?.(), []);

  return (
    <figure class="histogram">
      <div class="histogram-canvas">
        <canvas ref={canvas} role="img" aria-label={inWords(spread, name)} />
      </div>
      {histogram.length > 0 && (
        <figcaption aria-hidden="true">
          <span>{brief(min, digits)}</span>
          {max > min && <span>{brief(max, digits)}</span>}
        </figcaption>
      )}
      {scaling.kind !== 'linear' && (
        <p class="histogram-note">
          {isSample && '≈ '}
          {scalingTitle(scaling.kind)}
          {outside > 0 && ` · ${t('{0} not shown', outside.toLocaleString())}`}
        </p>
      )}
    </figure>
  );
}

/** The range of each bin: `0.5 … 0.52`. */
function binNames({ min, max, scaling, histogram }: Spread): string[] {
  const edges = valuesAlong({ domain: { min, max }, scaling }, histogram.length + 1);
  return histogram.map((_, bin) => {
    const [from, to] = [edges[bin], edges[bin + 1]];
    const digits = digitsWithin(from, to, 3);
    return `${brief(from, digits)} … ${brief(to, digits)}`;
  });
}

/** What the picture shows, for those who cannot see it. */
function inWords(spread: Spread, name: string): string {
  const { histogram } = spread;
  if (histogram.length === 0) return t('Histogram of {0}: no finite values', name);
  const most = histogram.indexOf(Math.max(...histogram));
  return t(
    'Histogram of {0}: {1} finite values in {2} bins; most of them, {3}, lie in {4}',
    name,
    histogram.reduce((sum, count) => sum + count, 0),
    histogram.length,
    histogram[most],
    binNames(spread)[most],
  );
}
