import type { Inferred } from '../kinds/kind';
import { attributeCandidates, type Candidate } from './attributeCandidates';
import { candidates } from './candidates';
import { horizon, reach, tryChanges, type Budget, type Draft, type Trial } from './draft';

/** Ways to mend a fault that are offered. */
const OFFERED = 6;
/** Ways that are followed through the layers after it. */
const FOLLOWED = 24;
/** Changes that are tried for one fault. */
const TRIES = 500;

/** What was found for a fault. */
export interface Mending {
  /** The nearest first. */
  readonly trials: readonly Trial[];
  /** Whether the layers after it fit with them too, as far as one looks. */
  readonly meets: boolean;
}

/**
 * Changes that make layer `at` fit: of those with which most layers after it fit too, the nearest.
 * @param key what is at fault
 */
export function findFixes(draft: Draft, at: number, key: string, budget: Budget): Mending {
  const { trials, reached } = bestOf(draft, at, candidates(draft, at, key), budget, () => true);
  return { trials, meets: reached === horizon(draft, at) };
}

/**
 * Changes of the windows of a layer that fits, but is not as it ought to be, which break none of those after it; of its
 * pad rather than of others.
 * @param inferred what is known of the layer as it is
 * @param isMended whether it is as it ought to be
 */
export function findImprovements(
  draft: Draft,
  at: number,
  inferred: Inferred,
  budget: Budget,
  isMended: (inferred: Inferred) => boolean,
): readonly Trial[] {
  const { trials, reached } = bestOf(
    draft,
    at,
    attributeCandidates(draft, at, [], { key: 'pad' }),
    budget,
    isMended,
  );
  const now = reach(draft, at, new Map([[draft.layers[at].name, inferred.out]]), budget);
  return reached < now ? [] : trials;
}

function bestOf(
  draft: Draft,
  at: number,
  options: Iterable<Candidate>,
  budget: Budget,
  isMended: (inferred: Inferred) => boolean,
): { trials: Trial[]; reached: number } {
  const nearestFirst = [...take(options, TRIES)].sort((a, b) => a.distance - b.distance);
  const tried = new Set<string>();
  const mended: Trial[] = [];
  for (const { changes } of nearestFirst) {
    if (mended.length === FOLLOWED || budget.inferences <= 0) break;
    const same = JSON.stringify(changes);
    if (tried.has(same)) continue;
    tried.add(same);
    const trial = tryChanges(draft, at, changes, budget);
    if (trial && isMended(trial.inferred)) mended.push(trial);
  }
  const reaches = new Map<string, number>();
  const followed = mended.map(trial => ({ trial, reached: reachOnce(trial) }));
  const reached = Math.max(0, ...followed.map(trial => trial.reached));
  const trials = followed.filter(option => option.reached === reached).map(({ trial }) => trial);
  return { trials: trials.slice(0, OFFERED), reached };

  /** Many changes lead to the same shapes. */
  function reachOnce({ shapes }: Trial): number {
    const key = JSON.stringify([...shapes]);
    const known = reaches.get(key) ?? reach(draft, at, shapes, budget);
    reaches.set(key, known);
    return known;
  }
}

function* take<T>(items: Iterable<T>, most: number): Generator<T> {
  for (const item of items) {
    if (most-- === 0) return;
    yield item;
  }
}
