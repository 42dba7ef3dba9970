import { CancelledError, messageOf, throwIfCancelled } from '../errors';
import type { Problem } from '../network';
import type { NetworkRun } from '../run';
import type { Position, Stop } from './session';

/** Why a movement ends where it is. */
export interface Finding extends Pick<Stop, 'reason' | 'text' | 'problem'> {
  readonly hits?: readonly number[];
  /** Whether what stands there could not be done: to go on is to try it again. */
  readonly held?: boolean;
}

/**
 * Computes what stands at a layer: its output, on the way back its gradients. What is kept is not computed again.
 * @returns why it cannot be done
 * @throws CancelledError
 */
export async function arrive(
  run: NetworkRun,
  { layer, direction }: Position,
  signal?: AbortSignal,
): Promise<Finding | undefined> {
  throwIfCancelled(signal);
  try {
    if (layer < 0) await run.input.get(signal);
    else if (layer >= run.runnable) return misfit(run, layer);
    else if (direction === 'forward') await run.layer(layer).out.get(signal);
    else {
      const { dx, dparameters } = run.layer(layer);
      for (const gradient of [...dx, ...Object.values(dparameters)]) await gradient.get(signal);
    }
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return { reason: 'exception', text: messageOf(error), held: true };
  }
  return undefined;
}

function misfit({ analysis }: NetworkRun, layer: number): Finding {
  const errors = analysis.problems.filter(({ severity }) => severity === 'error');
  const problem: Problem | undefined = errors.find(({ place }) => place.layer === layer) ?? errors.at(0);
  return { reason: 'exception', text: problem?.message, problem, held: true };
}
