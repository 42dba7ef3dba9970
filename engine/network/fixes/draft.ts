import type { Fix, ParameterListing } from '../analysis';
import { inferLayer } from '../inferLayer';
import { LayerMisfit, type Inferred, type LayerTypeName } from '../kinds/kind';
import { INPUT, type NetworkLayer } from '../network';
import { sameOpenShape, type OpenShape } from '../openShape';
import { changeLayer, insertedLayer, takingOnly } from './changeNetwork';

/** Layers after a fault are looked at this far, to see which of several ways to mend it meets what comes after. */
const HORIZON = 24;

/** What trials may cost, and what they have found out already. */
export interface Budget {
  /** How many layers may still be inferred. */
  inferences: number;
  /** For each layer as it was tried what came of its inputs: many changes lead to the same shapes. */
  readonly outcomes: WeakMap<NetworkLayer, Map<string, Outcome>>;
}

type Outcome = ReturnType<typeof inferLayer>;

export function startBudget(inferences: number): Budget {
  return { inferences, outcomes: new WeakMap() };
}

/** What comes of a layer in a trial whose shapes differ from the draft's in some. */
function inferTrial(draft: Draft, layer: NetworkLayer, shapes: Trial['shapes'], budget: Budget): Outcome {
  const inputs = layer.from.map(name => (shapes.has(name) ? shapes.get(name) : draft.shapes.get(name)));
  const outcomes = budget.outcomes.get(layer) ?? new Map<string, Outcome>();
  budget.outcomes.set(layer, outcomes);
  const key = JSON.stringify(inputs);
  if (outcomes.has(key)) return outcomes.get(key);
  budget.inferences--;
  const outcome = inferLayer(layer, inputs, draft.listing);
  outcomes.set(key, outcome);
  return outcome;
}

/** A network as if all faults found so far were mended. */
export interface Draft {
  readonly listing: ParameterListing;
  readonly layers: NetworkLayer[];
  /** Types of all layers by name. */
  readonly types: ReadonlyMap<string, LayerTypeName>;
  /** Of the input and of the layers so far, by name. */
  readonly shapes: Map<string, OpenShape | undefined>;
}

/** A change that was tried. */
export interface Trial {
  readonly changes: Fix['changes'];
  readonly layers: ReadonlyMap<number, NetworkLayer>;
  /** What is known of the layer then. */
  readonly inferred: Inferred;
  /** The shapes that differ then. */
  readonly shapes: ReadonlyMap<string, OpenShape | undefined>;
}

/** The shapes that a layer takes. */
export function inputsOf(
  { shapes }: Pick<Draft, 'shapes'>,
  { from }: NetworkLayer,
): (OpenShape | undefined)[] {
  return from.map(name => shapes.get(name));
}

/**
 * What is known of layer `at` after changes of it, of layers before it, or of the input; `undefined` if it, or one on
 * the way to it, does not fit then.
 */
export function tryChanges(
  draft: Draft,
  at: number,
  changes: Fix['changes'],
  budget: Budget,
): Trial | undefined {
  const layers = new Map<number, NetworkLayer>();
  const shapes = new Map<string, OpenShape | undefined>();
  let first = at;
  for (const change of changes) {
    if (!('place' in change)) continue;
    const { layer } = change.place;
    if (layer === undefined) {
      if (Array.isArray(change.value)) shapes.set(INPUT, change.value);
      first = 0;
    } else {
      layers.set(layer, changeLayer(layers.get(layer) ?? draft.layers[layer], change));
      first = Math.min(first, layer);
    }
  }
  const infer = (layer: NetworkLayer): Inferred | undefined => {
    const outcome = inferTrial(draft, layer, shapes, budget);
    return outcome instanceof LayerMisfit ? undefined : outcome;
  };
  for (let index = first; index < at; index++) {
    const layer = layers.get(index) ?? draft.layers[index];
    if (!layers.has(index) && !layer.from.some(name => shapes.has(name))) continue;
    const inferred = infer(layer);
    if (!inferred) return undefined;
    const before = draft.shapes.get(layer.name);
    if (!before || !sameOpenShape(inferred.out, before)) shapes.set(layer.name, inferred.out);
  }
  let last = layers.get(at) ?? draft.layers[at];
  for (const change of changes) {
    if (!('before' in change)) continue;
    const added = insertedLayer(change, last.from);
    const inferred = infer(added);
    if (!inferred) return undefined;
    shapes.set(added.name, inferred.out);
    last = takingOnly(added.name, last);
  }
  const inferred = infer(last);
  if (!inferred) return undefined;
  shapes.set(last.name, inferred.out);
  return { changes, layers, inferred, shapes };
}

/** How far the layers after `at` are looked at. */
export function horizon(draft: Draft, at: number): number {
  return Math.min(draft.layers.length, at + 1 + HORIZON);
}

/** Position of the first layer after `at` that does not fit with these shapes; the horizon where all do. */
export function reach(draft: Draft, at: number, changed: Trial['shapes'], budget: Budget): number {
  const shapes = new Map(changed);
  const end = horizon(draft, at);
  for (let index = at + 1; index < end; index++) {
    const layer = draft.layers[index];
    const outcome = inferTrial(draft, layer, shapes, budget);
    if (outcome instanceof LayerMisfit) return index;
    // What comes after weights that take all of a sample depends on them alone.
    if (outcome?.whole) return end;
    shapes.set(layer.name, outcome?.out);
  }
  return end;
}

/** Goes on as if the change were made. */
export function adopt(draft: Draft, { layers, shapes }: Trial): void {
  for (const [index, layer] of layers) draft.layers[index] = layer;
  for (const [name, shape] of shapes) draft.shapes.set(name, shape);
}
