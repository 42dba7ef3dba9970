import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../statistics.mjs';

/** Milliseconds after which the threads of a library that has just run sleep, and no longer wait at full speed. */
const SETTLING_MS = 20;

/**
 * @typedef {object} Patience how long is measured
 * @property {number} turns of each participant, at most
 * @property {number} turnMs milliseconds of a turn; one run at least
 * @property {number} warmUpMs milliseconds of each participant before, in which compilers and allocators settle
 * @property {number} totalMs milliseconds of all turns, after which no more begin; each participant has two at least
 */
/** @type {Patience} */
export const thorough = { turns: 9, turnMs: 60, totalMs: 30_000, warmUpMs: 300 };
/** @type {Patience} */
export const quick = { turns: 3, turnMs: 20, totalMs: 3_000, warmUpMs: 100 };

/**
 * Times participants one after another, A B C A B C …, so that a machine that slows down does so for all.
 * @param {readonly { time(milliseconds: number): Promise<number[]> }[]} participants are warmed up first
 * @param {Patience} patience
 * @returns {Promise<number[]>} median milliseconds of each
 */
export async function takeTurns(participants, { turns, turnMs, totalMs, warmUpMs }) {
  const times = participants.map(() => /** @type {number[]} */ ([]));
  for (const participant of participants) await participant.time(warmUpMs);
  const began = performance.now();
  for (let turn = 0; turn < turns && (turn < 2 || performance.now() - began < totalMs); turn++) {
    for (const [index, participant] of participants.entries()) {
      await pause(SETTLING_MS);
      times[index].push(...(await participant.time(turnMs)));
    }
  }
  return times.map(median);
}
