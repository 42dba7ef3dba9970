// How time grows with each extent of a convolution.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../../host/cleanup.mjs';
import { convolution } from './layers.mjs';
import { makeOperands, writeArrays } from './operands.mjs';
import { startParticipant } from './participant.mjs';
import { ours } from './peers.mjs';
import { takeTurns } from './turns.mjs';

/** Every extent is doubled so often. */
const DOUBLINGS = 5;
/** Twice the work that takes more times as long than this is a cliff. */
const CLIFF = 2.6;
/** Characters of the plot for twice the time. */
const STEP = 4;

/**
 * The extents that grow, in a layer that is small otherwise.
 * @type {Record<string, (factor: number) => import('./layers.mjs').ConvolutionLayer>}
 */
const extents = {
  N: factor => convolution([factor, 16, 28, 28], [32, 16, 3, 3], { pad: 1 }),
  C: factor => convolution([1, 8 * factor, 28, 28], [32, 8 * factor, 3, 3], { pad: 1 }),
  'H·W': factor => convolution([1, 16, 14 * factor, 28], [32, 16, 3, 3], { pad: 1 }),
  FN: factor => convolution([1, 16, 28, 28], [8 * factor, 16, 3, 3], { pad: 1 }),
};

/** @typedef {{ extent: string, times: number[] }} Growth milliseconds of every doubling */

/** Forward, on one thread. @param {import('./turns.mjs').Patience} patience @returns {Promise<Growth[]>} */
export async function measureGrowth(patience) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));
  const remove = atExit(() => rmSync(folder, { recursive: true, force: true }));
  const engine = startParticipant(ours(), 1);
  const growths = [];
  for (const [extent, layerOf] of Object.entries(extents)) {
    const times = [];
    for (let doubling = 0; doubling <= DOUBLINGS; doubling++) {
      const layer = layerOf(2 ** doubling);
      writeArrays(folder, makeOperands(layer));
      await engine.prepare(layer, 'forward', folder);
      times.push(...(await takeTurns([engine], patience)));
    }
    growths.push({ extent, times });
  }
  await engine.end();
  remove();
  return growths;
}

/** Logarithmic: where time is linear, the bars are stairs of even steps. @param {readonly Growth[]} growths */
export function plotGrowth(growths) {
  const least = Math.min(...growths.flatMap(({ times }) => times));
  return growths
    .flatMap(({ extent, times }) =>
      times.map((time, doubling) => {
        const ratio = doubling > 0 ? time / times[doubling - 1] : 1;
        const bar = '▇'.repeat(1 + Math.round(STEP * Math.log2(time / least)));
        const cells = [
          doubling > 0 ? '' : extent,
          `×${2 ** doubling}`,
          time.toFixed(2),
          doubling > 0 ? `×${ratio.toFixed(2)}` : '',
        ];
        const [name, factor, took, grown] = cells.map((cell, column) => cell.padStart(column === 2 ? 8 : 5));
        return `${name} ${factor} ${took} ms ${grown}  ${bar}${ratio > CLIFF ? ' a cliff' : ''}`;
      }),
    )
    .join('\n');
}
