import { framesPerSecond, scroll, slowFrames } from '../frames.mjs';
import { runs } from '../workspace.mjs';

const SECONDS = 5;
/** Pixels a frame: as by the wheel; and a page at a time, where nothing that is seen was seen before. */
const SPEEDS = { 'by the wheel': 40, 'by pages': 400 };
const MEMORY_EVERY_MS = 200;

/**
 * The same without anything to draw: what the machine gives at best, while it is as busy as it is.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureIdle({ page, probe }) {
  await probe.watchEventLoop();
  const { frames } = await page.locator('body').evaluate(scroll, { pixels: 0, seconds: SECONDS });
  return [
    { what: 'frames when nothing happens', value: framesPerSecond(frames), unit: 'frames/s', wanted: '' },
    {
      what: 'extension host blocked when nothing happens',
      value: await probe.longestBlock(),
      unit: 'ms',
      wanted: '',
      note: 'longest',
    },
  ];
}

/**
 * The im2col matrices of a batch of digits and of a large layer.
 * @param {import('../window.mjs').BenchWindow} window
 */
export async function measureScrolling(window) {
  const batch = await measureMatrix(window, { name: '57,600×25', run: 'batch' });
  return [...batch, ...(await measureMatrix(window, { name: '50,176×576', run: 'large' }))];
}

/**
 * Frames a second while the im2col matrix of a run scrolls, and how much the host's memory grows meanwhile.
 * @param {import('../window.mjs').BenchWindow} window
 * @param {{ name: string, run: keyof typeof runs }} matrix
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
async function measureMatrix({ probe, run }, matrix) {
  const { panel } = await run(runs[matrix.run]);
  await panel.locator('.chip', { hasText: 'im2col' }).first().click();
  const viewport = panel.locator('.picture-card[aria-label^="col "] .picture-viewport');
  await viewport.waitFor();
  await probe.watchEventLoop();
  const before = await probe.memory();
  let most = before;
  const sample = async () => {
    most = Math.max(most, await probe.memory());
  };
  const sampling = setInterval(() => void sample(), MEMORY_EVERY_MS);

  /** @type {import('../report.mjs').Row[]} */
  const rows = [];
  for (const [how, pixels] of Object.entries(SPEEDS)) {
    const { frames, drawing } = await viewport.evaluate(scroll, { pixels, seconds: SECONDS });
    rows.push({
      what: `scrolling col ${matrix.name} ${how}`,
      value: framesPerSecond(frames),
      unit: 'frames/s',
      wanted: '≥ 55',
      note: `${slowFrames(frames)}; ${Math.round((100 * drawing) / frames.length)} % drew values`,
    });
  }
  clearInterval(sampling);
  rows.push(
    { what: `host memory growth, ${matrix.name}`, value: (most - before) / 1e6, unit: 'MB', wanted: '< 50' },
    {
      what: `extension host blocked while scrolling ${matrix.name}`,
      value: await probe.longestBlock(),
      unit: 'ms',
      wanted: '≤ 50',
      note: 'longest',
    },
  );
  return rows;
}
