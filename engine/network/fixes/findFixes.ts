import type { Inferred } from '../kinds/kind';
import { candidates, type Candidate } from './candidates';
import { reach, tryChanges, type Draft, type Trial } from './draft';

/** Ways to mend a fault that are offered. */
const OFFERED = 6;
/** Ways that are followed through the layers after it. */
const FOLLOWED = 32;

/** How much may be tried: for one fault, and for all of a network. */
const TRIES_PER_FAULT = 500;
const TRIES = 4000;

/** What may still be tried in a network. */
export interface Budget {
  tries: number;
}

export function fullBudget(): Budget {
  return { tries: TRIES };
}

/**
 * Changes that make layer `at` fit: of those with which most layers after it fit too, the nearest.
 * @param key what is at fault
 */
export function findFixes(draft: Draft, at: number, key: string, budget: Budget): Trial[] {
  return bestOf(draft, at, candidates(draft, at, key), budget, () => true).trials;
}

/**
 * Of changes, those with which the layer at `at` is as it ought to be.
 */
export function bestOf(
  draft: Draft,
  at: number,
  options: Iterable<Candidate>,
  budget: Budget,
  isMended: (inferred: Inferred) => boolean,
): { trials: Trial[]; reached: number } {
  const mended = new Map<string, { trial: Trial; distance: number }>();
  let tries = Math.min(TRIES_PER_FAULT, budget.tries);
  for (const { changes, distance } of options) {
    if (tries-- <= 0) break;
    budget.tries--;
    const trial = tryChanges(draft, at, changes);
    if (!trial || !isMended(trial.inferred)) continue;
    const same = JSON.stringify(changes);
    if (distance < (mended.get(same)?.distance ?? Infinity)) mended.set(same, { trial, distance });
  }
  const followed = [...mended.values()]
    .sort((a, b) => a.distance - b.distance)
    .slice(0, FOLLOWED)
    .map(({ trial }) => ({ trial, reached: reach(draft, at, trial) }));
  const reached = Math.max(0, ...followed.map(trial => trial.reached));
  const trials = followed.filter(option => option.reached === reached).map(({ trial }) => trial);
  return { trials: trials.slice(0, OFFERED), reached };
}
