import type { ParameterListing, Problem } from './analysis';
import { adopt, inputsOf, startBudget, type Budget, type Draft } from './fixes/draft';
import { findFixes } from './fixes/findFixes';
import { assumedOutput, inferLayer } from './inferLayer';
import { LayerMisfit, type Inferred } from './kinds/kind';
import { misfitProblem } from './misfitProblem';
import type { NetworkLayer } from './network';
import type { Extent, OpenShape } from './openShape';
import { layerWarnings } from './warnings/layerWarnings';

/** Layers that are inferred for trials, in a whole network: enough for some faults, and a moment for many. */
const FOR_FIXES = 6000;
const FOR_WARNINGS = 2000;

/** Faults that have nothing to do with what comes in. */
const OF_ITS_OWN = new Set(['attribute', 'missing', 'missingParameter', 'inputs', 'bias']);

/** A network that is gone through layer by layer, as if the faults found so far were mended. */
export interface Walk {
  readonly draft: Draft;
  /** Outputs of layers after a fault that no change was found for with which what follows fits: they are guesses. */
  readonly guesses: Set<string>;
  readonly fixBudget: Budget;
  readonly warningBudget: Budget;
  readonly problems: Problem[];
  /** First size of the network's input. */
  readonly batch: Extent;
}

export function startWalk(
  layers: readonly NetworkLayer[],
  listing: ParameterListing,
  input: readonly [string, OpenShape | undefined],
  batch: Extent,
): Walk {
  return {
    draft: {
      listing,
      layers: [...layers],
      types: new Map(layers.map(({ name, type }) => [name, type])),
      shapes: new Map([input]),
    },
    guesses: new Set(),
    fixBudget: startBudget(FOR_FIXES),
    warningBudget: startBudget(FOR_WARNINGS),
    problems: [],
    batch,
  };
}

/** What is known of a layer. */
export interface Settled {
  /** With the nearest fix, where it does not fit. */
  readonly inferred: Inferred | undefined;
  readonly out: OpenShape | undefined;
  readonly broken: boolean;
}

/** Goes through the next layer: notes its problems and what comes out. */
export function settleLayer(walk: Walk, index: number): Settled {
  const { draft, guesses, problems } = walk;
  const layer = draft.layers[index];
  const inputs = inputsOf(draft, layer);
  const isGuess = layer.from.some(name => guesses.has(name));
  const outcome = inferLayer(layer, inputs, draft.listing);
  if (!(outcome instanceof LayerMisfit)) {
    if (outcome && !isGuess) problems.push(...layerWarnings(draft, index, outcome, walk.warningBudget));
    if (isGuess && !outcome?.whole) guesses.add(layer.name);
    return settled(outcome, false);
  }
  // The fault before is to blame: it is told of already.
  if (isGuess && !OF_ITS_OWN.has(outcome.fault)) {
    if (assumed([]) === undefined) guesses.add(layer.name);
    return settled(undefined, false);
  }
  const { trials, meets } = findFixes(draft, index, outcome.key, walk.fixBudget);
  problems.push(misfitProblem(outcome, layer, index, trials));
  const [nearest] = trials;
  if (!meets) guesses.add(layer.name);
  if (trials.length > 0) adopt(draft, nearest);
  return settled(trials.at(0)?.inferred, true);

  function assumed(known: readonly (OpenShape | undefined)[]): OpenShape | undefined {
    return assumedOutput(layer, known, draft.listing, walk.batch);
  }

  function settled(inferred: Inferred | undefined, broken: boolean): Settled {
    const out = inferred?.out ?? assumed(inputs);
    draft.shapes.set(layer.name, out);
    return { inferred, out, broken };
  }
}
