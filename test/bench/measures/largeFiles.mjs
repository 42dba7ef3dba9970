import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readyPanel } from '../../host/panel.mjs';
import { makeLargeFiles } from '../largeFiles/makeLargeFiles.mjs';

/**
 * Files of gigabytes in the tensor editor: from the command to the last change of the page before it is ready, which is
 * the list and the picture of an array of 1 GiB; what is read and kept for it.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureLargeFiles({ page, probe, closePanels, folder }) {
  mkdirSync(join(folder, 'large'));
  const rows = [];
  for (const name of makeLargeFiles(join(folder, 'large'))) {
    await closePanels();
    const [bytes, memory] = [await probe.bytesRead(), await probe.memory()];
    const [{ began }, frame] = await Promise.all([
      probe.execute('cnnInspector.inspectTensors', [{ file: join(folder, 'large', name) }]),
      readyPanel(page, { timeout: 60_000 }),
    ]);
    const painted = (await frame.evaluate(() => performance.timeOrigin + window.recording.changed)) - began;
    rows.push(
      { what: `${name}: command to list and first picture`, value: painted, unit: 'ms', wanted: '≤ 1000' },
      { what: '  read', value: ((await probe.bytesRead()) - bytes) / 1e6, unit: 'MB', wanted: '≤ 20' },
      { what: '  memory', value: ((await probe.memory()) - memory) / 1e6, unit: 'MB', wanted: '≤ 150' },
    );
  }
  await closePanels();
  return rows;
}
