import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import type { Distribution } from '../../draw/domain';
import { brief, digitsWithin } from '../../draw/format';
import { t } from '../../l10n';
import { themeAt, themeChanges } from '../pictures/theme';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export interface HistogramProps {
  readonly values: Distribution;
  /** What the values are of. */
  readonly name: string;
}

/** How often values occur, from the least to the greatest, in the colour of the role around it. */
export function Histogram({ values, name }: HistogramProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = themeChanges.value;
  const digits = digitsWithin(values.min, values.max);

  useEffect(() => {
    if (!canvas.current) return;
    const chart = new Chart(canvas.current, {
      type: 'bar',
      data: {
        labels: values.histogram.map((_, bin) => binName(values, bin)),
        datasets: [
          {
            data: [...values.histogram],
            backgroundColor: themeAt(canvas.current).role,
            barPercentage: 1,
            categoryPercentage: 0.92,
            maxBarThickness: 24, // values that are all the same have one bin
          },
        ],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        scales: {
          x: { display: false },
          y: { display: false, beginAtZero: true },
        },
        plugins: { tooltip: { displayColors: false } },
      },
    });
    return () => chart.destroy();
  }, [values, theme]);

  return (
    <figure class="histogram">
      <div class="histogram-canvas">
        <canvas ref={canvas} role="img" aria-label={inWords(values, name)} />
      </div>
      {values.histogram.length > 0 && (
        <figcaption aria-hidden="true">
          <span>{brief(values.min, digits)}</span>
          {values.max > values.min && <span>{brief(values.max, digits)}</span>}
        </figcaption>
      )}
    </figure>
  );
}

/** The range of a bin: `0.5 … 0.52`. */
function binName({ min, max, histogram }: Distribution, bin: number): string {
  const width = (max - min) / histogram.length;
  const [from, to] = [min + bin * width, min + (bin + 1) * width];
  const digits = digitsWithin(from, to, 3);
  return `${brief(from, digits)} … ${brief(to, digits)}`;
}

/** What the picture shows, for those who cannot see it. */
function inWords(values: Distribution, name: string): string {
  const most = values.histogram.reduce(
    (best, count, bin) => (count > values.histogram[best] ? bin : best),
    0,
  );
  if (values.histogram.length === 0) return t('Histogram of {0}: no finite values', name);
  return t(
    'Histogram of {0}: {1} finite values in {2} bins; most of them, {3}, lie in {4}',
    name,
    values.histogram.reduce((sum, count) => sum + count, 0),
    values.histogram.length,
    values.histogram[most],
    binName(values, most),
  );
}
