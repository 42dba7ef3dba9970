import { INPUT } from '../../network';
import type { NetworkRun } from '../../run';
import { OPERATIONS, type Direction } from '../../trace';
import { didYouMean } from '../expression/arguments';
import { stepsAt } from '../ground';

/** Why a function breakpoint of that name never stops a run; `undefined` where it may. */
export function functionFault(run: NetworkRun, name: string): string | undefined {
  const { layers } = run.network;
  const names = new Set<string>([INPUT, ...OPERATIONS, ...layers.flatMap(({ name, type }) => [name, type])]);
  if (names.has(name)) return undefined;
  const operations = operationsOf(run).join(', ');
  const known = operations && ` (operations here: ${operations})`;
  return `there is no operation, type of layer or layer called '${name}'${known}${didYouMean(name, names)}`;
}

/** The operations of the first layer of each type. */
function operationsOf(run: NetworkRun): readonly string[] {
  const first = new Map<string, number>();
  run.network.layers.slice(0, run.runnable).forEach(({ type }, layer) => {
    if (!first.has(type)) first.set(type, layer);
  });
  const directions: Direction[] = ['forward', 'backward'];
  const operations = [...first.values()].flatMap(layer =>
    directions.flatMap(direction => stepsAt(run, { layer, direction }).map(step => step.operation)),
  );
  return [...new Set(operations)];
}
