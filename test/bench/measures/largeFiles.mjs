import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readyPanel } from '../../host/panel.mjs';
import { repository } from '../../host/paths.mjs';
import { makeLargeFiles } from '../largeFiles/makeLargeFiles.mjs';

/** Milliseconds in which the window has noticed new files, and read what it lists of them. */
const NOTICING_MS = 3000;

/**
 * Files of gigabytes in the tensor editor: from the command to the last change of the page before it is ready, which is
 * the list and the picture of an array of 1 GiB; what is read and kept for it. A small file goes first: with the first
 * one of a window VS Code and we start processes and threads, which takes as long whatever is opened.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureLargeFiles(window) {
  const large = join(window.folder, 'large');
  mkdirSync(large);
  const names = makeLargeFiles(large);
  const rows = await measureFile(
    window,
    join(repository, 'extension/samples/params.pkl'),
    ', first in the window',
  );
  await pause(NOTICING_MS);
  for (const name of names) rows.push(...(await measureFile(window, join(large, name))));
  await window.closePanels();
  return rows;
}

/**
 * @param {import('../window.mjs').BenchWindow} window
 * @param {string} file
 * @param {string} [note]
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
async function measureFile({ page, probe, closePanels }, file, note = '') {
  await closePanels();
  const [bytes, memory] = [await probe.bytesRead(), await probe.memory()];
  const [{ began }, frame] = await Promise.all([
    probe.execute('cnnInspector.inspectTensors', [{ file }]),
    readyPanel(page, { timeout: 60_000 }),
  ]);
  const painted = (await frame.evaluate(() => performance.timeOrigin + window.recording.changed)) - began;
  const read = ((await probe.bytesRead()) - bytes) / 1e6;
  const kept = ((await probe.memory()) - memory) / 1e6;
  return [
    {
      what: `${basename(file)}${note}: command to list and first picture`,
      value: painted,
      unit: 'ms',
      wanted: '≤ 1000',
    },
    { what: '  read', value: read, unit: 'MB', wanted: '≤ 20' },
    { what: '  memory', value: kept, unit: 'MB', wanted: '≤ 150' },
  ];
}
