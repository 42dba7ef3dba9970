import { median } from '../statistics.mjs';
import { runs } from '../workspace.mjs';

const REPEATS = 5;

/**
 * From the command to the last change of the panel before it is ready. The first row is the first run of the window:
 * it starts the worker.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureOpening({ probe, run, closePanels }) {
  /** @param {() => Promise<number>} open */
  const often = async open => {
    const times = [];
    for (let i = 0; i < REPEATS; i++) times.push(await open());
    return {
      value: median(times),
      unit: 'ms',
      note: `median of ${REPEATS}; the best ${Math.min(...times).toFixed(0)}`,
    };
  };
  const openEmpty = async () => {
    await closePanels();
    return probe.openEmptyPanel();
  };
  /** @param {object} request */
  const open = async request => {
    const { panel, start } = await run(request);
    return (await panel.evaluate(() => performance.timeOrigin + window.recording.changed)) - start;
  };

  const empty = await often(openEmpty);
  await probe.watchEventLoop();
  const first = await open(runs.digit);
  const digit = await often(() => open(runs.digit));
  const batch = await often(() => open(runs.batch));
  const blocked = await probe.longestBlock();
  return [
    { what: 'an empty panel of VS Code, for comparison', wanted: '', ...empty },
    { what: 'command to painted panel, one digit', wanted: '≤ 500', ...digit },
    { what: 'the same, first in the window', value: first, unit: 'ms', wanted: '≤ 500' },
    { what: 'command to painted panel, batch of 100', wanted: '≤ 1000', ...batch },
    {
      what: 'extension host blocked while panels open',
      value: blocked,
      unit: 'ms',
      wanted: '≤ 50',
      note: 'longest',
    },
  ];
}
