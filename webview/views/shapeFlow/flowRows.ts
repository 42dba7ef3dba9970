import type { Direction } from '../../../engine';
import type { ArrayInfo, RunSummary } from '../../protocol';
import type { Chip, ShapeFlowProps } from './ShapeFlow';
import { stepText } from './stepText';

/** The run's steps as chips: first the array each direction begins with, then what each step makes of it. */
export function flowRows(run: RunSummary): ShapeFlowProps['rows'] {
  const arrays = new Map(run.arrays.map(array => [array.name, array]));
  return (['forward', 'backward'] as const)
    .map(direction => ({ direction, chips: chipsOf(run, direction, name => arrays.get(name)!) }))
    .filter(({ chips }) => chips.length > 0);
}

function chipsOf(run: RunSummary, direction: Direction, array: (name: string) => ArrayInfo): Chip[] {
  const steps = run.steps.flatMap((step, i) => (step.direction === direction ? [{ step, i }] : []));
  if (steps.length === 0) return [];
  const start = array(steps[0].step.inputs[0]);
  return [
    { title: start.name, shape: start.shape, role: start.role },
    ...steps.map(({ step, i }) => {
      const output = resultOf(step.outputs.map(array));
      const { title } = stepText(step, run);
      return { title, shape: output.shape.slice(-PICTURE_AXES), role: output.role, step: i };
    }),
  ];
}

/** Axes of an array of pictures; col2im has one picture for each tap before them. */
const PICTURE_AXES = 4;

/** What a step is for: the last array it makes that does not merely count something. */
function resultOf(outputs: readonly ArrayInfo[]): ArrayInfo {
  return outputs.findLast(({ role }) => role !== 'count') ?? outputs[outputs.length - 1];
}
