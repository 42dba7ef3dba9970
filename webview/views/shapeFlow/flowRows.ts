import type { Direction, LayerInfo } from '../../../engine';
import { resultOf } from '../../model/columns';
import type { ArrayInfo, TraceSummary } from '../../protocol';
import type { Chip, ChipGroup, ShapeFlowProps } from './ShapeFlow';
import { isWindowed, kindName } from './kinds';
import { stepText } from './stepText';

/** The run's steps as chips, layer by layer: first the array each direction begins with, then what each step makes of it. */
export function flowRows(run: TraceSummary): ShapeFlowProps['rows'] {
  const arrays = new Map(run.arrays.map(array => [array.name, array]));
  const array = (name: string): ArrayInfo => arrays.get(name)!;
  const backward = [...run.layers].reverse();
  return [
    { direction: 'forward' as const, layers: run.layers },
    { direction: 'backward' as const, layers: backward },
  ]
    .map(({ direction, layers }) => ({
      direction,
      groups: layers
        .map((layer, i) => groupOf(run, layer, direction, i === 0, array))
        .filter(({ chips }) => chips.length > 0),
    }))
    .filter(({ groups }) => groups.length > 0);
}

function groupOf(
  run: TraceSummary,
  layer: LayerInfo,
  direction: Direction,
  isFirst: boolean,
  array: (name: string) => ArrayInfo,
): ChipGroup {
  const steps = run.steps.flatMap((step, i) =>
    step.direction === direction && step.layer === layer.name ? [{ step, i }] : [],
  );
  const chips = steps.map(({ step, i }, place): Chip => {
    const output = resultOf(step.outputs.map(array));
    const { title } = stepText(step, run);
    return {
      title: place === steps.length - 1 ? `${title} → ${output.name}` : title,
      shape: output.shape.slice(-PICTURE_AXES),
      role: output.role,
      step: i,
    };
  });
  return {
    layer: layer.name,
    kind: kindName(layer),
    window: windowOf(layer),
    chips: isFirst && steps.length > 0 ? [startOf(array(steps[0].step.inputs[0])), ...chips] : chips,
  };
}

function startOf({ name, shape, role }: ArrayInfo): Chip {
  return { title: name, shape, role };
}

/** Axes of an array of pictures; col2im has one picture for each tap before them. */
const PICTURE_AXES = 4;

/** `5×5`, and `s2` where the window moves by more than one position. */
function windowOf(layer: LayerInfo): string {
  if (!isWindowed(layer)) return '';
  const { vertical, horizontal } = layer.geometry;
  const pair = (v: number, h: number): string => (v === h ? `${v}` : `${v}×${h}`);
  const size = `${vertical.window}×${horizontal.window}`;
  const stride = pair(vertical.stride, horizontal.stride);
  return stride === '1' ? size : `${size} s${stride}`;
}
