import { sizeOf } from '../tensor';
import type { Analysis, LayerAnalysis, ParameterListing } from './analysis';
import { inputsOf } from './fixes/draft';
import { bindNetwork, checkInput } from './input';
import { peakBytes } from './memory';
import { INPUT, type Network } from './network';
import { openCells, type OpenShape } from './openShape';
import { fieldSize, inputField, outputField, type Field } from './receptiveField';
import { settleLayer, startWalk } from './settleLayer';
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
  const input = inputProblems.length === 0 ? bound.input.shape : undefined;
  const batch = input?.[0] ?? 'N';
  const walk = startWalk(bound.layers, listing, [INPUT, input], batch);
  walk.problems.push(...inputProblems, ...checkWiring(bound));

  const bytes = (shape: OpenShape | undefined): number =>
    shape ? FLOAT32_BYTES * Math.ceil(openCells(shape) / (typeof batch === 'number' ? batch : 1)) : 0;
  const fields = new Map<string, Field | undefined>([[INPUT, input && inputField(input)]]);
  const bytesOf = new Map([[INPUT, bytes(input)]]);
  const layers = bound.layers.map((layer, index): LayerAnalysis => {
    const { name, from } = layer;
    const inputs = inputsOf(walk.draft, layer);
    const { inferred, out, broken } = settleLayer(walk, index);
    const sources = from.map(source => fields.get(source));
    const field = input && inferred && outputField(sources, inferred, input);
    fields.set(name, field);
    bytesOf.set(name, bytes(out));
    const parameters = inferred?.parameters ?? {};
    return {
      name,
      inputs: inputs.filter(x => x !== undefined),
      out,
      formulas: broken ? [] : (inferred?.formulas ?? []),
      parameters,
      parameterCount: Object.values(parameters).reduce((sum, shape) => sum + sizeOf(shape), 0),
      macs: inferred?.macs ?? 0,
      activationBytes: bytes(out),
      receptiveField: field && fieldSize(field),
      broken,
    };
  });
  return {
    layers,
    problems: [...walk.problems, ...parameterWarnings(walk)],
    totals: {
      parameterCount: layers.reduce((sum, { parameterCount }) => sum + parameterCount, 0),
      macs: layers.reduce((sum, { macs }) => sum + macs, 0),
      peakBytes: peakBytes(bound.layers, bytesOf),
    },
  };
}
