import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readyPanel } from '../../host/panel.mjs';
import { framesPerSecond, scroll, slowFrames } from '../frames.mjs';
import { makeFilledNpy } from '../largeFiles/numpy.mjs';
import { quantile } from '../statistics.mjs';

const SLICES = 5;
/** Steps of the zoom into the whole of 16,384 cells, so that a cell is a pixel or nearly. */
const ZOOMS = 5;
const PAN = { pixels: 40, seconds: 5 };
/** Pixels that are gone over again and again, so that what is seen was read before. */
const PANNED = 2000;

/**
 * What is done with a large file once it is open: its values panned, the statistics of all of 1 GiB, other slices of it.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureLargeFileViews(window) {
  const folder = join(window.folder, 'views');
  mkdirSync(folder);
  makeFilledNpy(join(folder, 'large.npy'));
  return measureArray(window, join(folder, 'large.npy'));
}

/** @param {import('../window.mjs').BenchWindow} window of the bench @param {string} file */
async function open({ page, probe, closePanels }, file) {
  await closePanels();
  const [, frame] = await Promise.all([
    probe.execute('cnnInspector.inspectTensors', [{ file }]),
    readyPanel(page, { timeout: 60_000 }),
  ]);
  return frame;
}

/**
 * @param {import('../window.mjs').BenchWindow} window
 * @param {string} file of one array of 1 GiB
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
async function measureArray(window, file) {
  const frame = await open(window, file);
  const view = frame.getByRole('region', { name: 'View' });
  const picture = view.locator('.picture[data-state=painted]');
  const statistics = view.getByRole('complementary', { name: 'Statistics' });
  const estimate = view.locator('.sample-note');

  for (let i = 0; i < ZOOMS; i++) await view.getByRole('button', { name: 'Zoom in' }).click();
  await picture.waitFor();
  const viewport = view.locator('.picture-viewport');
  const fresh = await viewport.evaluate(scroll, PAN);
  const again = { ...PAN, within: PANNED };
  await viewport.evaluate(scroll, again);
  const cached = await viewport.evaluate(scroll, again);

  await estimate.getByRole('button').click();
  const clicked = performance.now();
  await estimate.waitFor({ state: 'detached', timeout: 120_000 });
  const counted = performance.now() - clicked;

  const slices = [];
  const box = view.getByRole('textbox', { name: /^Slice of / });
  for (let i = 1; i <= SLICES; i++) {
    await box.fill(`${i}::2, ${i}::2`);
    const entered = performance.now();
    await box.press('Enter');
    await statistics.getByText(`[${i}::2, ${i}::2]`).first().waitFor();
    await picture.waitFor();
    slices.push(performance.now() - entered);
  }
  /** @param {string} what @param {{ frames: number[] }} panning */
  const panned = (what, { frames }) => ({
    what: `1 GiB: panning over ${what}`,
    value: framesPerSecond(frames),
    unit: 'frames/s',
    wanted: '≥ 55',
    note: slowFrames(frames),
  });
  return [
    panned('what was read before', cached),
    panned('what is still to be read', fresh),
    { what: '1 GiB: statistics of all values', value: counted, unit: 'ms', wanted: '≤ 1074' },
    { what: '  in a second', value: 2 ** 30 / 1e6 / counted, unit: 'GB', wanted: '≥ 1' },
    {
      what: '  slice to its picture',
      value: quantile(slices, 0.5),
      unit: 'ms',
      wanted: '≤ 300',
      note: `median of ${SLICES}`,
    },
  ];
}
