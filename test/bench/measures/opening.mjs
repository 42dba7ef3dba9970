import { median } from '../statistics.mjs';
import { runs } from '../workspace.mjs';

const REPEATS = 5;

/**
 * From the command to the last change of the panel before it is ready. The first row is the first run of the window:
 * it starts the worker.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureOpening({ probe, run }) {
  /** @param {object} request */
  const open = async request => {
    const { panel, start } = await run(request);
    return (await panel.evaluate(() => performance.timeOrigin + window.recording.changed)) - start;
  };
  /** @param {object} request */
  const openOften = async request => {
    const times = [];
    for (let i = 0; i < REPEATS; i++) times.push(await open(request));
    return times;
  };

  await probe.watchEventLoop();
  const first = await open(runs.digit);
  const digit = await openOften(runs.digit);
  const batch = await openOften(runs.batch);
  const blocked = await probe.longestBlock();
  const often = `median of ${REPEATS}`;
  return [
    {
      what: 'command to painted panel, one digit',
      value: median(digit),
      unit: 'ms',
      wanted: '≤ 500',
      note: often,
    },
    { what: 'the same, first in the window', value: first, unit: 'ms', wanted: '≤ 500' },
    {
      what: 'command to painted panel, batch of 100',
      value: median(batch),
      unit: 'ms',
      wanted: '≤ 1000',
      note: often,
    },
    {
      what: 'extension host blocked while panels open',
      value: blocked,
      unit: 'ms',
      wanted: '≤ 50',
      note: 'longest',
    },
  ];
}
