import { INPUT } from '../../network';
import type { NetworkRun } from '../../run';
import type { ArraySource } from '../../tensor';
import { isArrayAttribute, type Scope } from '../expression/evaluate';
import { array, int, text, type Namespace, type Operand } from '../expression/operand';
import type { FrameLevel, Position } from '../session';
import { layerNamespace } from './layerNames';

const KEEP = "keep an array first: saved['name'] = expression; or begin with a file of them as 'saved'";

/** Where expressions are read. */
export interface Viewpoint {
  readonly run: NetworkRun;
  readonly position: Position;
  /** What `saved['name']` finds. */
  readonly saved: ReadonlyMap<string, ArraySource>;
}

/**
 * What names mean at a position: the arrays and attributes of the layer by its own names, then layers, `input`, `N`,
 * parameters by their names in the files, and `saved`. Layers and parameters whose names are not Python's are found in
 * `layers['…']` and `params['…']`. Where an array or an attribute of the layer is called like another layer, it is meant
 * by the name alone, and the other layer by what only that has: `sum.shape` is the array's, `sum.out` the layer's.
 */
export function scopeAt({ run, position, saved }: Viewpoint, frame: FrameLevel): Scope {
  const { network } = run;
  const own = frame === 'network' ? undefined : layerNamespace(run, position.layer, position);
  const { layers, parameters } = directoryOf(run);
  const layerCalled = (name: string): Namespace | undefined => {
    if (name === INPUT) return layerNamespace(run, -1, position);
    const at = layers.get(name);
    return at === undefined ? undefined : layerNamespace(run, at, position);
  };
  const parameterCalled = (name: string): Operand | undefined => {
    const place = parameters.get(name);
    const source = place && run.layer(place.layer).trace.arrays.get(place.role)?.source;
    return source && array(source);
  };
  const fixed = new Map<string, Operand>([
    ['N', int(run.batch)],
    ['name', text(network.name)],
    [
      'saved',
      { ...bracketed('saved', name => sourceOperand(saved.get(name)), [...saved.keys()]), remedy: KEEP },
    ],
    ['layers', bracketed('layers', layerCalled, [...layers.keys()])],
    ['params', bracketed('params', parameterCalled, [...parameters.keys()])],
  ]);
  return {
    lookup(name) {
      const member = own?.member(name);
      const layer = layerCalled(name);
      if (member && layer) return valueWithLayer(member, layer);
      return member ?? layer ?? fixed.get(name) ?? parameterCalled(name);
    },
    names: [
      ...new Set([...(own?.members ?? []), INPUT, ...layers.keys(), ...parameters.keys(), ...fixed.keys()]),
    ],
  };
}

/** A value that has the members of a layer of the same name, too, as far as it has none of its own by their names. */
function valueWithLayer(value: Operand, layer: Namespace): Namespace {
  const members = layer.members.filter(name => value.kind !== 'array' || !isArrayAttribute(name));
  return {
    kind: 'namespace',
    title: layer.title,
    member: name => (members.includes(name) ? layer.member(name) : undefined),
    members,
    value,
  };
}

/** Where the names of a run lead to. */
interface Directory {
  readonly layers: ReadonlyMap<string, number>;
  /** The layer and the role of each parameter that is named in a file; of layers that can run. */
  readonly parameters: ReadonlyMap<string, { readonly layer: number; readonly role: string }>;
}

const directories = new WeakMap<NetworkRun, Directory>();

function directoryOf(run: NetworkRun): Directory {
  const known = directories.get(run);
  if (known) return known;
  const { layers } = run.network;
  const directory: Directory = {
    layers: new Map(layers.map(({ name }, layer) => [name, layer])),
    parameters: new Map(
      layers
        .slice(0, run.runnable)
        .flatMap(({ parameters }, layer) =>
          Object.entries(parameters).map(([role, name]) => [name, { layer, role }] as const),
        ),
    ),
  };
  directories.set(run, directory);
  return directory;
}

function sourceOperand(source: ArraySource | undefined): Operand | undefined {
  return source && array(source);
}

function bracketed(
  title: string,
  member: (name: string) => Operand | undefined,
  members: readonly string[],
): Namespace {
  return { kind: 'namespace', title, member, members, bracketed: true };
}
