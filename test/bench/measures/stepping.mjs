import { buildParts } from '../engine/build.mjs';
import { print } from '../engine/print.mjs';

/**
 * Steps through networks: what the engine takes of a step.
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureStepping() {
  await buildParts();
  return print('stepping');
}
