// A chunk of its own, which pages load when they have shown what the user looks at first: so it imports nothing of theirs.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export interface Bars {
  readonly heights: readonly number[];
  /** What each bar stands for; shown with its height under the pointer. */
  readonly names: readonly string[];
  readonly color: string;
}

/** Fills a canvas with bars. @returns empties it */
export function drawBars(canvas: HTMLCanvasElement, { heights, names, color }: Bars): () => void {
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {
      labels: [...names],
      datasets: [
        {
          data: [...heights],
          backgroundColor: color,
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
}
