import { join } from 'node:path';
import { readyPanel } from '../../host/panel.mjs';
import { framesPerSecond, scroll, slowFrames } from '../frames.mjs';
import { makeManyArrays } from '../largeFiles/safetensors.mjs';

const SPEEDS = { 'by the wheel': 40, 'by pages': 400 };
const SECONDS = 5;

/**
 * The list of a file of 50,000 arrays.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureLongList({ page, probe, closePanels, folder }) {
  await closePanels();
  const file = join(folder, 'many.safetensors');
  makeManyArrays(file);
  const [{ began }, frame] = await Promise.all([
    probe.execute('cnnInspector.inspectTensors', [{ file }]),
    readyPanel(page, { timeout: 60_000 }),
  ]);
  const painted = (await frame.evaluate(() => performance.timeOrigin + window.recording.changed)) - began;
  const list = frame.getByRole('treegrid', { name: 'Arrays' });
  /** @type {import('../report.mjs').Row[]} */
  const rows = [{ what: '50,000 arrays: command to list', value: painted, unit: 'ms', wanted: '≤ 1000' }];
  for (const [how, pixels] of Object.entries(SPEEDS)) {
    const { frames } = await list.evaluate(scroll, { pixels, seconds: SECONDS });
    rows.push({
      what: `  scrolling them ${how}`,
      value: framesPerSecond(frames),
      unit: 'frames/s',
      wanted: '≥ 55',
      note: slowFrames(frames),
    });
  }
  return rows;
}
