// Our engine and its peers on the same layers, in turn.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../../host/cleanup.mjs';
import { checkAnswer } from './error.mjs';
import { tasks } from './layers.mjs';
import { makeOperands, writeArrays } from './operands.mjs';
import { startParticipant } from './participant.mjs';
import { ours } from './peers.mjs';
import { referenceAnswer } from './reference.mjs';
import { takeTurns } from './turns.mjs';

/** @typedef {import('./peers.mjs').PeerName} PeerName */
/**
 * @typedef {object} ComparisonRow times in milliseconds
 * @property {string} layer
 * @property {import('./layers.mjs').Direction} direction
 * @property {number} threads
 * @property {number} ours
 * @property {Partial<Record<PeerName, number>>} peers those that have the layer
 */

const THREADS = [1, 2];

/**
 * @param {(import('./participant.mjs').Command & { name: PeerName })[]} peers
 * @param {import('./turns.mjs').Patience} patience
 * @returns {Promise<ComparisonRow[]>}
 * @throws Error if a result is wrong
 */
export async function compareWithPeers(peers, patience) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-operands-'));
  const remove = atExit(() => rmSync(folder, { recursive: true, force: true }));
  const rightAnswer = rememberAnswers();
  const rows = [];
  for (const threads of THREADS) {
    const participants = [ours(), ...peers].map(command => startParticipant(command, threads));
    for (const { layer, directions } of tasks) {
      const operands = makeOperands(layer);
      writeArrays(folder, operands);
      for (const direction of directions) {
        const able = [];
        for (const participant of participants)
          if (await participant.prepare(layer, direction, folder)) able.push(participant);
        if (able[0] !== participants[0]) continue; // there is nothing of ours to compare with
        const times = await takeTurns(able, patience);
        const expected = await rightAnswer(layer, direction, operands);
        for (const { name, answer } of able)
          checkAnswer(await answer(join(folder, name)), expected, `${name}, ${layer.name} ${direction}`);
        const [own, ...others] = times;
        const named = able.slice(1).map(({ name }, index) => [name, others[index]]);
        rows.push({ layer: layer.name, direction, threads, ours: own, peers: Object.fromEntries(named) });
        process.stderr.write('.');
      }
    }
    await Promise.all(participants.map(participant => participant.end()));
  }
  process.stderr.write('\n');
  remove();
  return rows;
}

/** The reference takes seconds: each answer is computed once. @returns {typeof referenceAnswer} */
function rememberAnswers() {
  /** @type {Map<string, ReturnType<typeof referenceAnswer>>} */
  const answers = new Map();
  return (layer, direction, operands) => {
    const key = `${layer.name} ${direction}`;
    const answer = answers.get(key) ?? referenceAnswer(layer, direction, operands);
    answers.set(key, answer);
    return answer;
  };
}
