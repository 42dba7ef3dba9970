import { compactShape } from '../tensor';
import type { ParameterInfo, ParameterListing } from './analysis';
import { readAttributes } from './kinds/attributes';
import { kindOf } from './kinds';
import { LayerMisfit } from './kinds/kind';
import type { NetworkLayer } from './network';

/**
 * The order in which a layer takes the axes of a parameter as it is stored: axis i of the parameter is axis
 * `parameterAxes(…)[i]` of the file's array. `undefined` where they are as they are stored.
 * @throws LayerMisfit if an attribute is not of its form
 */
export function parameterAxes(
  { type, attributes }: Pick<NetworkLayer, 'type' | 'attributes'>,
  role: string,
): readonly number[] | undefined {
  const kind = kindOf(type);
  if (role !== 'W' || !Object.hasOwn(attributes, 'wAxes')) return undefined;
  return readAttributes(kind, attributes).axes('wAxes');
}

/** The parameters that a layer names. */
export interface NamedParameters {
  /** By role, their axes in the order in which the layer takes them; only those that are known. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Roles of those whose files cannot be read. */
  readonly unknown: readonly string[];
  /** The first one that no file has, or that has other axes than `wAxes` orders. */
  readonly misfit?: LayerMisfit;
}

/** Looks up the parameters of a layer. */
export function namedParameters(layer: NetworkLayer, listing: ParameterListing): NamedParameters {
  const shapes: Record<string, readonly number[]> = {};
  const unknown: string[] = [];
  let misfit: LayerMisfit | undefined;
  for (const { role } of kindOf(layer.type).parameters) {
    if (!Object.hasOwn(layer.parameters, role)) continue;
    if (!listing) {
      unknown.push(role);
      continue;
    }
    try {
      shapes[role] = storedShape(layer, role, listing);
    } catch (error) {
      if (!(error instanceof LayerMisfit)) throw error;
      misfit ??= error;
    }
  }
  return { shapes, unknown, misfit };
}

function storedShape(
  layer: NetworkLayer,
  role: string,
  listing: ReadonlyMap<string, ParameterInfo>,
): readonly number[] {
  const name = layer.parameters[role];
  const info = listing.get(name);
  if (!info) {
    const reason = `no params file has '${name}' for ${role}`;
    throw new LayerMisfit('missingParameter', role, `${layer.type}: ${reason}`);
  }
  const axes = parameterAxes(layer, role);
  if (!axes) return info.shape;
  if (axes.length !== info.shape.length) {
    const reason = `wAxes [${axes.join(',')}] orders ${axes.length} axes, ${name} ${compactShape(info.shape)} has ${info.shape.length}`;
    throw new LayerMisfit('rank', 'wAxes', `${layer.type}: ${reason}`);
  }
  return axes.map(axis => info.shape[axis]);
}
