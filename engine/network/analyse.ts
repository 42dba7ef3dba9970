import { sizeOf } from '../tensor';
import type { Analysis, LayerAnalysis, ParameterListing, Problem } from './analysis';
import { bindNetwork, checkInput } from './input';
import { adopt, inputsOf, type Draft } from './fixes/draft';
import { findFixes, fullBudget } from './fixes/findFixes';
import { assumedOutput, inferLayer } from './inferLayer';
import { LayerMisfit, type Inferred } from './kinds/kind';
import { peakBytes } from './memory';
import { misfitProblem } from './misfitProblem';
import { INPUT, type Network } from './network';
import { openCells, type OpenShape } from './openShape';
import { fieldSize, inputField, outputField, type Field } from './receptiveField';
import { layerWarnings } from './warnings/layerWarnings';
import { parameterWarnings } from './warnings/parameterWarnings';
import { checkWiring } from './wiring';

const FLOAT32_BYTES = 4;

/**
 * Infers every shape of a network without running it, and finds what does not fit and what would mend it. After a fault
 * it goes on as if the fault were mended.
 * @param listing the parameters that the network's files have
 * @param sizes numbers for the sizes that its shapes leave open, e.g. `{ N: 100 }`
 */
export function analyse(
  network: Network,
  listing: ParameterListing,
  sizes: Readonly<Record<string, number>> = {},
): Analysis {
  const bound = bindNetwork(network, new Map(Object.entries(sizes)));
  const inputProblems = checkInput(bound);
  const problems: Problem[] = [...inputProblems, ...checkWiring(bound)];
  const input = inputProblems.length === 0 ? bound.input.shape : undefined;
  const batch = input?.[0] ?? 'N';
  const bytes = (shape: OpenShape | undefined): number =>
    shape ? FLOAT32_BYTES * Math.ceil(openCells(shape) / (typeof batch === 'number' ? batch : 1)) : 0;

  const draft: Draft = {
    listing,
    layers: [...bound.layers],
    types: new Map(bound.layers.map(({ name, type }) => [name, type])),
    shapes: new Map([[INPUT, input]]),
  };
  const budget = fullBudget();
  const warningBudget = fullBudget();
  const fields = new Map<string, Field | undefined>([[INPUT, input && inputField(input)]]);
  const bytesOf = new Map([[INPUT, bytes(input)]]);
  const layers: LayerAnalysis[] = [];

  for (const [index, layer] of bound.layers.entries()) {
    const inputs = inputsOf(draft, layer);
    const outcome = inferLayer(layer, inputs, listing);
    let inferred: Inferred | undefined;
    if (outcome instanceof LayerMisfit) {
      const trials = findFixes(draft, index, outcome.key, budget);
      problems.push(misfitProblem(outcome, index, trials));
      if (trials.length > 0) adopt(draft, trials[0]);
      inferred = trials.at(0)?.inferred;
    } else {
      inferred = outcome;
      if (inferred) problems.push(...layerWarnings(draft, index, inferred, warningBudget));
    }
    const out = inferred?.out ?? assumedOutput(layer, inputs, listing, batch);
    draft.shapes.set(layer.name, out);
    const broken = outcome instanceof LayerMisfit;
    const field = outputField(
      layer.from.map(name => fields.get(name)),
      inferred ?? {},
      input ?? [],
    );
    fields.set(layer.name, field);
    bytesOf.set(layer.name, bytes(out));
    layers.push({
      name: layer.name,
      inputs: inputs.filter(x => x !== undefined),
      out,
      formulas: broken ? [] : (inferred?.formulas ?? []),
      parameters: inferred?.parameters ?? {},
      parameterCount: countCells(inferred?.parameters ?? {}),
      macs: inferred?.macs ?? 0,
      activationBytes: bytes(out),
      receptiveField: field && fieldSize(field),
      broken,
    });
  }
  problems.push(...parameterWarnings(draft, network));
  return {
    layers,
    problems,
    totals: {
      parameterCount: layers.reduce((sum, { parameterCount }) => sum + parameterCount, 0),
      macs: layers.reduce((sum, { macs }) => sum + macs, 0),
      peakBytes: peakBytes(bound.layers, bytesOf),
    },
  };
}

function countCells(parameters: Readonly<Record<string, readonly number[]>>): number {
  return Object.values(parameters).reduce((sum, shape) => sum + sizeOf(shape), 0);
}
