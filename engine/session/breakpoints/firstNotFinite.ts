import { INPUT } from '../../network';
import type { NetworkRun } from '../../run';
import { lazySource, type ArraySource } from '../../tensor';
import { findNotFinite } from '../scan';
import type { Position } from '../session';
import { placesOf } from './arrayEvents';

/**
 * Which array of a layer is the first with NaN or ±Inf, if they appear in this layer: what other layers gave it is
 * finite, what it gives is not.
 * @throws CancelledError
 */
export async function firstNotFinite(
  run: NetworkRun,
  { layer, direction }: Position,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { name, from, parameters } = run.network.layers[layer];
  const { trace, dparameters } = run.layer(layer);
  const foundIn = async (arrays: readonly string[]): Promise<string | undefined> => {
    for (const array of arrays) {
      const source = trace.arrays.get(array)?.source;
      const text = source && (await describe(`${name}.${array}`, source, signal));
      if (text) return text;
    }
    return undefined;
  };
  const names = [...trace.arrays.keys()];
  const inputs = names.filter(array => /^x\d*$/.test(array));
  const gradients = names.filter(array => /^dx\d*$/.test(array));

  const results =
    direction === 'forward' ? ['out'] : [...gradients, ...Object.keys(dparameters).map(role => `d${role}`)];
  const result = await foundIn(results);
  if (!result) return undefined;
  if (direction === 'backward') {
    const isLast = layer === run.network.layers.length - 1;
    if (await foundIn([...inputs, 'out', ...(isLast ? [] : ['dout'])])) return undefined;
  } else {
    if (from.includes(INPUT)) {
      const input = await describe(INPUT, lazySource(INPUT, run.input), signal);
      if (input) return input;
    }
    if (await foundIn(inputs)) return undefined;
    const parameter = await foundIn(Object.keys(parameters));
    if (parameter) return parameter;
  }
  return (await foundIn(trace[direction].flatMap(step => step.outputs))) ?? result;
}

async function describe(
  name: string,
  source: ArraySource,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const found = await findNotFinite(source, signal);
  return found && `NaN or ±Inf appear in ${name}: ${placesOf(found, source)}`;
}
