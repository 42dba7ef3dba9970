import { computed, signal, type Signal } from '@preact/signals';
import type { RunSummary, TraceSummary } from '../protocol';
import { columnsOf, resultOf } from './columns';
import { createRunModel, type Beginning, type RunModel, type Showing, type TraceClient } from './runModel';
import type { ViewSettings } from './viewSettings';

/** A run of the layer panel, of which one step is on show. */
export interface LayerRun extends RunModel {
  readonly run: RunSummary;
  /** Position in `run.steps` of the step shown. */
  readonly cursor: Signal<number>;
}

/** @param beginning what was on show before */
export function createLayerRun(
  run: RunSummary,
  client: TraceClient,
  settings: ViewSettings,
  beginning: Beginning & { readonly cursor?: number },
): LayerRun {
  const cursor = signal(Math.min(Math.max(beginning.cursor ?? 0, 0), run.steps.length - 1));
  const showing = computed(() => showingStep(run, cursor.value));
  return { ...createRunModel(run, client, settings, showing, beginning), run, cursor };
}

/**
 * A step of a trace on show.
 * @param has whether an array may be shown; all may where it is left out
 */
export function showingStep(
  { steps, arrays }: TraceSummary,
  position: number,
  has: (name: string) => boolean = () => true,
): Showing {
  const step = steps[position];
  const named = new Map(arrays.map(array => [array.name, array]));
  const columns = columnsOf(step, name => has(name) && named.has(name));
  const outputs = step.outputs.map(name => named.get(name)!);
  return { columns, layer: step.layer, result: resultOf(outputs).name };
}
