import { setTimeout as sleep } from 'node:timers/promises';
import { median, quantile } from '../statistics.mjs';
import { runs } from '../workspace.mjs';

const MOVES = 60;
/** Milliseconds between two moves, so that each is drawn before the next. */
const PAUSE = 60;

/**
 * From a move of the pointer over col to the outlines in the other pictures.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measurePointing({ page, probe, run }) {
  const { panel } = await run(runs.digit);
  const viewport = panel.locator('.picture-card[aria-label^="col "] .picture-viewport');
  const box = await viewport.boundingBox();
  if (!box) throw new Error('col is not in view');
  await panel.evaluate(watchMoves);
  await probe.watchEventLoop();
  for (let i = 0; i < MOVES; i++) {
    // Steps that are no multiple of a cell, so that nearly every move is to another.
    const [across, down] = [(i * 37) % 200, (i * 53) % 200];
    await page.mouse.move(box.x + box.width / 2 + across - 100, box.y + box.height / 2 + down - 100);
    await sleep(PAUSE);
  }
  const moves = await panel.evaluate(() =>
    window.moves.map(({ stamp, handled, highlighted }) => {
      const last = Math.max(...highlighted.values());
      return { work: last - handled, total: last - stamp, pictures: highlighted.size };
    }),
  );
  const linked = moves.filter(({ pictures }) => pictures > 0);
  const [work, total] = [linked.map(move => move.work), linked.map(move => move.total)];
  return [
    {
      what: 'pointer move to linked highlights',
      value: median(total),
      unit: 'ms',
      wanted: '≤ 16',
      note: `95 % within ${quantile(total, 0.95).toFixed(1)}; ${linked.length} of ${MOVES} moves lit ${Math.max(...linked.map(move => move.pictures))} pictures`,
    },
    {
      what: 'of which after the page was told',
      value: median(work),
      unit: 'ms',
      wanted: '',
      note: `95 % within ${quantile(work, 0.95).toFixed(1)}`,
    },
    {
      what: 'extension host blocked while pointing',
      value: await probe.longestBlock(),
      unit: 'ms',
      wanted: '≤ 50',
      note: 'longest',
    },
  ];
}

/** In the page: notes every move of the pointer. */
function watchMoves() {
  /** @type {import('../recorder.mjs').PointerMove[]} */
  const moves = [];
  Object.assign(window, { moves });
  addEventListener(
    'pointermove',
    event => {
      const viewport = event.target instanceof Element ? event.target.closest('.picture-viewport') : null;
      window.recording.move = {
        stamp: event.timeStamp,
        handled: performance.now(),
        viewport,
        highlighted: new Map(),
      };
      moves.push(window.recording.move);
    },
    { capture: true },
  );
}
