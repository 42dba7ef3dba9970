import type { Operation, Step } from '../../engine';
import type { ArrayInfo } from '../protocol';

/** Names of the arrays a step shows, column by column from left to right. */
export type Columns = readonly (readonly string[])[];

/**
 * What a step shows: its inputs, then its outputs. Some operations are clearer with an array of another step
 * beside them; those are listed here.
 * @param has whether the run has an array of that name
 */
export function columnsOf(step: Step, has: (array: string) => boolean): Columns {
  const arrange = ARRANGEMENTS[step.operation] ?? besideOneAnother;
  const prefix = prefixOf(step, has);
  const shown = new Set<string>();
  const isNew = (name: string): boolean => has(name) && !shown.has(name) && shown.add(name).has(name);
  return arrange(step, name => prefix + name)
    .map(column => column.filter(isNew))
    .filter(column => column.length > 0);
}

type Arrange = (step: Step, own: (name: string) => string) => Columns;

const besideOneAnother: Arrange = ({ inputs, outputs }) => [...inputs, ...outputs].map(name => [name]);

const ARRANGEMENTS: Partial<Record<Operation, Arrange>> = {
  im2col: ({ inputs, outputs }, own) => [[...inputs, own('W')], outputs, [own('out')]],
  max: (step, own) => [...besideOneAnother(step, own), [own('out')]],
  mean: (step, own) => [...besideOneAnother(step, own), [own('out')]],
  // The picture of dW says more than the matrix it is made from.
  dW: ({ inputs, outputs }) => [...inputs.map(name => [name]), ...outputs.map(name => [name]).reverse()],
};

/** Arrays of all layers but the first start with the layer's name and a dot. */
function prefixOf({ layer }: Step, has: (array: string) => boolean): string {
  return has(`${layer}.out`) ? `${layer}.` : '';
}

/** What a step is for: the last array it makes that does not merely count something. */
export function resultOf(outputs: readonly ArrayInfo[]): ArrayInfo {
  return outputs.findLast(({ role }) => role !== 'count') ?? outputs[outputs.length - 1];
}
