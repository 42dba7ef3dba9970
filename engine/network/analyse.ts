import { compactShape, sizeOf } from '../tensor';
import type { Analysis, LayerAnalysis, ParameterListing, Problem } from './analysis';
import { checkWiring } from './wiring';
import { inferLayer } from './inferLayer';
import { kindOf } from './kinds';
import { LayerMisfit, type Inferred } from './kinds/kind';
import { INPUT, type Network, type NetworkLayer, type OpenShape } from './network';
import { bindSizes, openCells } from './openShape';
import { namedParameters } from './parameters';
import { peakBytes } from './memory';
import { fieldSize, inputField, outputField, type Field } from './receptiveField';

const FLOAT32_BYTES = 4;

/**
 * Infers every shape of a network without running it, and finds what does not fit.
 * @param listing the parameters that the network's files have
 * @param sizes numbers for the sizes that its shapes leave open, e.g. `{ N: 100 }`
 */
export function analyse(
  network: Network,
  listing: ParameterListing,
  sizes: Readonly<Record<string, number>> = {},
): Analysis {
  const bound = bindNetwork(network, new Map(Object.entries(sizes)));
  const input = bound.input.shape;
  const problems: Problem[] = [...checkInput(input), ...checkWiring(bound)];
  const batch = typeof input[0] === 'number' && input.length > 0 ? input[0] : 1;
  const bytes = (shape: OpenShape): number => FLOAT32_BYTES * Math.ceil(openCells(shape) / batch);

  const isSound = problems.every(({ place }) => place.key !== 'input');
  const shapes = new Map<string, OpenShape | undefined>([[INPUT, isSound ? input : undefined]]);
  const fields = new Map<string, Field | undefined>([[INPUT, inputField(input)]]);
  const bytesOf = new Map([[INPUT, isSound ? bytes(input) : 0]]);
  const layers: LayerAnalysis[] = [];

  for (const [index, layer] of bound.layers.entries()) {
    const inputs = layer.from.map(name => shapes.get(name));
    const outcome = inferLayer(layer, inputs, listing);
    const misfit = outcome instanceof LayerMisfit ? outcome : undefined;
    const inferred: Partial<Inferred> = outcome instanceof LayerMisfit ? {} : (outcome ?? {});
    if (misfit) {
      const { fault, key, message } = misfit;
      problems.push({ severity: 'error', fault, message, place: { layer: index, key }, fixes: [] });
    }
    const out = misfit ? assumedOutput(layer, inputs, listing) : inferred.out;
    const field = outputField(
      layer.from.map(name => fields.get(name)),
      inferred,
      input,
    );
    const parameters = inferred.parameters ?? {};
    shapes.set(layer.name, out);
    fields.set(layer.name, field);
    bytesOf.set(layer.name, out ? bytes(out) : 0);
    layers.push({
      name: layer.name,
      inputs: inputs.filter(x => x !== undefined),
      out,
      formulas: inferred.formulas ?? [],
      parameters,
      parameterCount: Object.values(parameters).reduce((sum, shape) => sum + sizeOf(shape), 0),
      macs: inferred.macs ?? 0,
      activationBytes: out ? bytes(out) : 0,
      receptiveField: field && fieldSize(field),
      broken: misfit !== undefined,
    });
  }
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

/** The network with numbers for open sizes, in its input and in the shapes of its layers. */
function bindNetwork(network: Network, sizes: ReadonlyMap<string, number>): Network {
  if (sizes.size === 0) return network;
  const bindLayer = (layer: NetworkLayer): NetworkLayer => {
    const { shape } = layer.attributes;
    if (!Array.isArray(shape)) return layer;
    return { ...layer, attributes: { ...layer.attributes, shape: bindSizes(shape, sizes) } };
  };
  return {
    ...network,
    input: { ...network.input, shape: bindSizes(network.input.shape, sizes) },
    layers: network.layers.map(bindLayer),
  };
}

function checkInput(shape: OpenShape): Problem[] {
  const isExtent = (extent: unknown): boolean =>
    typeof extent === 'string' || (typeof extent === 'number' && Number.isInteger(extent) && extent > 0);
  const isSound = shape.length > 0 && shape.every(isExtent) && openCells(shape) <= Number.MAX_SAFE_INTEGER;
  if (isSound) return [];
  const message =
    `input: the shape ${compactShape(shape)} must be a list of whole numbers of at least 1, or names of open sizes, ` +
    'with at most 2^53 numbers in all';
  return [{ severity: 'error', fault: 'inputShape', message, place: { key: 'input' }, fixes: [] }];
}

/** What a layer that does not fit would give if what comes in were what it asks for. */
function assumedOutput(
  layer: NetworkLayer,
  inputs: readonly (OpenShape | undefined)[],
  listing: ParameterListing,
): OpenShape | undefined {
  const known = inputs.filter(x => x !== undefined);
  if (known.length < inputs.length || known.length === 0) return undefined;
  try {
    const { shapes } = namedParameters(layer, listing);
    return kindOf(layer.type).assume?.({ inputs: known, attributes: layer.attributes, parameters: shapes });
  } catch (error) {
    if (error instanceof LayerMisfit) return undefined;
    throw error;
  }
}
