import type { Operation, Step } from '../../../engine';
import type { TraceSummary } from '../../protocol';
import type { Describe, StepText } from './facts';
import { LAYER_TEXTS } from './layerTexts';
import { WINDOW_TEXTS } from './windowTexts';

const TEXTS: Readonly<Record<Operation, Describe>> = { ...WINDOW_TEXTS, ...LAYER_TEXTS };

/** Describes `step` of `run`. */
export function stepText(step: Step, run: TraceSummary): StepText {
  const layer = run.layers.find(({ name }) => name === step.layer)!;
  const shapes = new Map(run.arrays.map(({ name, shape }) => [name, shape]));
  const facts = {
    layer,
    inputs: step.inputs,
    outputs: step.outputs,
    shape: (name: string) => shapes.get(name)!,
  };
  return TEXTS[step.operation](facts);
}
