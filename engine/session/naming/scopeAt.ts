import { INPUT } from '../../network';
import type { NetworkRun } from '../../run';
import type { ArraySource } from '../../tensor';
import type { Scope } from '../expression/evaluate';
import { array, int, text, type Namespace, type Operand } from '../expression/operand';
import type { FrameLevel, Position } from '../session';
import { layerNamespace } from './layerNames';

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
 * `layers['…']` and `params['…']`.
 */
export function scopeAt({ run, position, saved }: Viewpoint, frame: FrameLevel): Scope {
  const { network } = run;
  const own = frame === 'network' ? undefined : layerNamespace(run, position.layer, position);
  const layerCalled = (name: string): Operand | undefined => {
    if (name === INPUT) return layerNamespace(run, -1, position);
    const at = network.layers.findIndex(layer => layer.name === name);
    return at < 0 ? undefined : layerNamespace(run, at, position);
  };
  const parameters = parameterRoles(run);
  const parameterCalled = (name: string): Operand | undefined => {
    const place = parameters.get(name);
    const source = place && run.layer(place.layer).trace.arrays.get(place.role)?.source;
    return source && array(source);
  };
  const layerNames = network.layers.map(({ name }) => name);
  const fixed = new Map<string, Operand>([
    ['N', int(run.batch)],
    ['name', text(network.name)],
    ['saved', bracketed('saved', name => sourceOperand(saved.get(name)), [...saved.keys()])],
    ['layers', bracketed('layers', layerCalled, layerNames)],
    ['params', bracketed('params', parameterCalled, [...parameters.keys()])],
  ]);
  return {
    lookup: name => own?.member(name) ?? layerCalled(name) ?? fixed.get(name) ?? parameterCalled(name),
    names: [
      ...new Set([...(own?.members ?? []), INPUT, ...layerNames, ...parameters.keys(), ...fixed.keys()]),
    ],
  };
}

/** The layer and the role of each parameter that is named in a file; of layers that can run. */
function parameterRoles(run: NetworkRun): ReadonlyMap<string, { layer: number; role: string }> {
  const roles = new Map<string, { layer: number; role: string }>();
  for (const [layer, { parameters }] of run.network.layers.slice(0, run.runnable).entries()) {
    for (const [role, name] of Object.entries(parameters)) roles.set(name, { layer, role });
  }
  return roles;
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
