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

/** Shapes of the parameters that a layer names, by role. */
export interface NamedParameters {
  readonly shapes: Readonly<Record<string, readonly number[] | undefined>>;
  /** Roles of parameters that are named, but whose shapes are not known, as their files cannot be read. */
  readonly unknown: readonly string[];
}

/**
 * Looks up the parameters of a layer, their axes in the order in which the layer takes them.
 * @throws LayerMisfit at the role of a parameter that no file has, or whose axes are not those of `wAxes`
 */
export function namedParameters(layer: NetworkLayer, listing: ParameterListing): NamedParameters {
  const shapes: Record<string, readonly number[] | undefined> = {};
  const unknown: string[] = [];
  for (const { role } of kindOf(layer.type).parameters) {
    if (!Object.hasOwn(layer.parameters, role)) continue;
    if (listing) shapes[role] = storedShape(layer, role, listing);
    else unknown.push(role);
  }
  return { shapes, unknown };
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
