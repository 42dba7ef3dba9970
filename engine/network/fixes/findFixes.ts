import type { Inferred } from '../kinds/kind';
import { attributeCandidates, candidates, type Candidate } from './candidates';
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
 * Changes that mend a layer that fits, but is not as it ought to be, and break none of those after it.
 * @param inferred what is known of the layer as it is
 * @param isMended whether it is as it ought to be
 */
export function findImprovements(
  draft: Draft,
  at: number,
  inferred: Inferred,
  budget: Budget,
  isMended: (inferred: Inferred) => boolean,
): Trial[] {
  const now = reach(draft, at, new Map([[draft.layers[at].name, inferred.out]]));
  const { trials, reached } = bestOf(draft, at, attributeCandidates(draft, at, [], 0), budget, isMended);
  return reached < now ? [] : trials;
}

function bestOf(
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
    .map(({ trial }) => ({ trial, reached: reach(draft, at, trial.shapes) }));
  const reached = Math.max(0, ...followed.map(trial => trial.reached));
  const trials = followed.filter(option => option.reached === reached).map(({ trial }) => trial);
  return { trials: trials.slice(0, OFFERED), reached };
}
