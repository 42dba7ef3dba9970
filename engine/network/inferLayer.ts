import { compactShape } from '../tensor';
import type { ParameterListing } from './analysis';
import { kindOf } from './kinds';
import { LayerMisfit, type Inferred } from './kinds/kind';
import type { NetworkLayer } from './network';
import { openCells, type Extent, type OpenShape } from './openShape';
import { namedParameters } from './parameters';

/**
 * What is known of one layer.
 * @param inputs shapes of its inputs, `undefined` for those that are not known
 * @returns why it does not fit where it does not; `undefined` where too little is known to say
 */
export function inferLayer(
  layer: NetworkLayer,
  inputs: readonly (OpenShape | undefined)[],
  listing: ParameterListing,
): Inferred | LayerMisfit | undefined {
  let unknown: readonly string[] = [];
  try {
    const kind = kindOf(layer.type);
    if (inputs.length === 0 || (kind.inputs === 'one' && inputs.length > 1)) {
      const reason = `it takes one input, from names ${inputs.length}`;
      throw new LayerMisfit('inputs', 'from', `${layer.type}: ${reason}`);
    }
    const parameters = namedParameters(layer, listing);
    ({ unknown } = parameters);
    if (parameters.misfit) throw parameters.misfit;
    const known = inputs.filter(x => x !== undefined);
    if (known.length < inputs.length) return undefined;
    const inferred = kind.infer({
      inputs: known,
      attributes: layer.attributes,
      parameters: parameters.shapes,
    });
    checkCells(layer, inferred);
    return inferred;
  } catch (error) {
    if (!(error instanceof LayerMisfit)) throw error;
    return unknown.includes(error.key) ? undefined : error;
  }
}

/**
 * What a layer that does not fit, or whose inputs are not known, would give if what comes in were what it asks for.
 * @param batch the first size of the network's input
 */
export function assumedOutput(
  layer: NetworkLayer,
  inputs: readonly (OpenShape | undefined)[],
  listing: ParameterListing,
  batch: Extent,
): OpenShape | undefined {
  const { shapes } = namedParameters(layer, listing);
  try {
    return kindOf(layer.type).assume?.({ inputs, attributes: layer.attributes, parameters: shapes, batch });
  } catch (error) {
    if (error instanceof LayerMisfit) return undefined;
    throw error;
  }
}

/** @throws LayerMisfit if the layer gives or needs more numbers than can be counted, or none */
function checkCells({ type }: NetworkLayer, { out, parameters }: Inferred): void {
  checkCount(type, 'out', out);
  for (const role of Object.keys(parameters)) checkCount(type, role, parameters[role]);
}

function checkCount(type: string, what: string, shape: OpenShape): void {
  const cells = openCells(shape);
  if (cells >= 1 && cells <= Number.MAX_SAFE_INTEGER) return;
  const [fault, reason] =
    cells === 0 ? ['empty', 'is empty'] : ['tooLarge', 'has more numbers than can be counted (2^53)'];
  throw new LayerMisfit(fault, 'type', `${type}: ${what} ${compactShape(shape)} ${reason}`);
}
