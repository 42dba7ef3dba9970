import type { Direction, Position } from '../../engine';
import { resultOf, type Columns } from '../model/columns';
import { showingStep } from '../model/layerRun';
import type { Showing } from '../model/runModel';
import type { TraceSummary } from '../protocol';
import { stepOf } from './positions';

/**
 * What of a layer is on show where a session stands: the arrays of an operation, or those of the layer as a whole. Only
 * what has been made by then: reading more would compute what the session has not come to.
 * @param position left out where the session stands elsewhere: then it is what the layer gives
 */
export function showingAt(trace: TraceSummary, layer: string, position: Position | undefined): Showing {
  if (!position) {
    const { result } = showingLayer(trace, layer, 'forward');
    return { columns: [[result]], layer, result };
  }
  const step = stepOf(trace, position);
  if (step === undefined) return showingLayer(trace, layer, position.direction);
  const later = new Set(trace.steps.slice(step + 1).flatMap(({ outputs }) => outputs));
  return showingStep(trace, step, name => !later.has(name));
}

/**
 * The layer as a whole: what goes in, its parameters, what comes out; on the way back with the gradient of each below
 * it.
 */
function showingLayer({ steps, arrays }: TraceSummary, layer: string, direction: Direction): Showing {
  const forward = steps.filter(step => step.direction === 'forward');
  const made = new Set(forward.flatMap(({ outputs }) => outputs));
  const used = new Set(forward.flatMap(({ inputs }) => inputs));
  const given = arrays.filter(({ name }) => used.has(name) && !made.has(name));
  const last = forward.at(-1);
  const result = last ? resultOf(arrays.filter(({ name }) => last.outputs.includes(name))) : arrays[0];

  const names = new Set(arrays.map(({ name }) => name));
  const withGradient = (name: string): string[] =>
    direction === 'backward' && names.has(`d${name}`) ? [name, `d${name}`] : [name];
  const columns: Columns = [
    given.filter(({ role }) => role !== 'W').map(({ name }) => name),
    given.filter(({ role }) => role === 'W').map(({ name }) => name),
    // A loss says little without the probabilities it is made of.
    result.shape.length === 0 && names.has('y') ? ['y', result.name] : [result.name],
  ]
    .map(column => column.flatMap(withGradient))
    .filter(column => column.length > 0);
  const gradient = columns[0].find(name => name.startsWith('d'));
  return { columns, layer, result: gradient ?? result.name };
}
