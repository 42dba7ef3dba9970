import type { NetworkRun } from '../../run';
import { tensorSource } from '../../tensor';
import { findChannels } from '../scan';
import type { ExceptionFilter, Position } from '../session';
import { firstNotFinite } from './firstNotFinite';

/**
 * What an exception filter finds at a layer that has just run, in English; `undefined` if nothing.
 * @throws CancelledError
 */
export async function findException(
  filter: ExceptionFilter,
  run: NetworkRun,
  position: Position,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (position.layer < 0) return undefined;
  switch (filter) {
    case 'shape':
      return undefined; // such a layer does not run: the session cannot but stop there
    case 'nan':
      return firstNotFinite(run, position, signal);
    case 'deadRelu':
      return position.direction === 'forward' ? deadChannels(run, position.layer, signal) : undefined;
    case 'saturatedSigmoid':
      return position.direction === 'forward' ? saturatedUnits(run, position.layer, signal) : undefined;
  }
}

async function deadChannels(
  run: NetworkRun,
  layer: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { name, type } = run.network.layers[layer];
  if (type !== 'relu') return undefined;
  const found = await channelsWhere(run, layer, value => value === 0, signal);
  return found && `dead ReLU: ${name}.out is zero for the whole batch in ${found}`;
}

async function saturatedUnits(
  run: NetworkRun,
  layer: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { name, type } = run.network.layers[layer];
  if (type !== 'sigmoid') return undefined;
  const found = await channelsWhere(run, layer, value => Math.abs(value - 0.5) > 0.499, signal);
  return found && `saturated sigmoid: ${name}.out is within 0.001 of 0 or 1 for the whole batch in ${found}`;
}

/** More than this many are counted, not listed. */
const LISTED = 8;

async function channelsWhere(
  run: NetworkRun,
  layer: number,
  meets: (value: number) => boolean,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const out = await run.layer(layer).out.get(signal);
  const [, channels] = out.shape;
  const found = await findChannels(tensorSource('out', out), meets, signal);
  if (found.length === 0) return undefined;
  const word = out.shape.length > 2 ? 'channel' : 'unit';
  const listed = found.slice(0, LISTED).join(', ') + (found.length > LISTED ? ', …' : '');
  return `${found.length} of ${channels} ${word}s: ${listed}`;
}
