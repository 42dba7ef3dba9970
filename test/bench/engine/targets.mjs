// What is wanted of the engine beside its peers, and what the rows say of it.
import { convolutions, mnist } from './layers.mjs';

/** @typedef {import('./compare.mjs').ComparisonRow} ComparisonRow */
/**
 * @typedef {object} Target how many times as fast as the peer we want to be: the geometric mean over the convolutions
 * @property {import('./peers.mjs').PeerName} peer
 * @property {import('./layers.mjs').Direction} direction
 * @property {number} required no layer may have less than half of it
 * @property {number} goal
 * @property {string} [layer] this one alone
 */
/**
 * @typedef {object} Verdict
 * @property {Target} target
 * @property {number} threads
 * @property {number} mean
 * @property {number} worst
 * @property {string} worstLayer
 * @property {'goal' | 'required' | 'missed'} met
 */

/** @type {Target[]} */
const targets = [
  { peer: 'onnxruntime-web', direction: 'forward', required: 2, goal: 2.5 },
  { peer: 'tfjs-wasm', direction: 'forward', required: 2, goal: 2.5 },
  { peer: 'onnxruntime-node', direction: 'forward', required: 0.5, goal: 0.8 },
  { peer: 'pytorch', direction: 'forward', required: 0.5, goal: 0.8 },
  { peer: 'pytorch', direction: 'forward', required: 1, goal: 1, layer: mnist.name },
  { peer: 'pytorch', direction: 'backward', required: 0.7, goal: 1 },
  { peer: 'pytorch', direction: 'train', required: 1, goal: 1.3 },
  { peer: 'numpy', direction: 'forward', required: 3, goal: 4 },
  { peer: 'numpy', direction: 'backward', required: 3, goal: 4 },
  { peer: 'numpy', direction: 'train', required: 5, goal: 6 },
];

/** @param {readonly ComparisonRow[]} rows @returns {Verdict[]} of the targets that the rows say something about */
export function judge(rows) {
  const counts = [...new Set(rows.map(({ threads }) => threads))];
  return counts.flatMap(threads =>
    targets.flatMap(target => {
      const ratios = ratiosFor(
        target,
        rows.filter(row => row.threads === threads),
      );
      return ratios.length === 0 ? [] : [verdict(target, threads, ratios)];
    }),
  );
}

/**
 * @param {Target} target
 * @param {readonly ComparisonRow[]} rows
 * @returns {{ layer: string, ratio: number }[]}
 */
function ratiosFor({ peer, direction, layer: only }, rows) {
  const names = new Set(convolutions.map(({ name }) => name));
  return rows.flatMap(({ layer, direction: way, ours, peers }) => {
    const time = peers[peer];
    const counts = direction === 'train' || (only ? layer === only : names.has(layer));
    return time !== undefined && way === direction && counts ? [{ layer, ratio: time / ours }] : [];
  });
}

/** @param {Target} target @param {number} threads @param {{ layer: string, ratio: number }[]} ratios @returns {Verdict} */
function verdict(target, threads, ratios) {
  const mean = Math.exp(ratios.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / ratios.length);
  const worst = ratios.reduce((a, b) => (b.ratio < a.ratio ? b : a));
  const enough = mean >= target.required && worst.ratio >= target.required / 2;
  const met = enough && mean >= target.goal ? 'goal' : enough ? 'required' : 'missed';
  return { target, threads, mean, worst: worst.ratio, worstLayer: worst.layer, met };
}
