import { createHash } from 'node:crypto';
import { throwIfCancelled, type ArraySource } from '../../../engine';
import { sampleRegions } from '../arrays/sampleRegions';

/** Blocks of an array that are looked at, and their elements. */
const BLOCKS = 8;
const BLOCK_SIZE = 128;

/** Milliseconds for all arrays together. */
const BUDGET_MS = 1000;

/**
 * A digest of each array's type, shape and values, by which a later version of the file can be compared: small arrays
 * as a whole, of larger ones 8 blocks of 128 elements spread evenly. So a change between the blocks of a large array
 * goes unnoticed, and arrays that the budget of time does not reach have no digest: of those only a change of type or
 * shape can be told.
 */
export async function fingerprints(
  sources: readonly ArraySource[],
  signal: AbortSignal,
): Promise<readonly (string | undefined)[]> {
  const budget = AbortSignal.any([signal, AbortSignal.timeout(BUDGET_MS)]);
  const digests: (string | undefined)[] = [];
  for (const source of sources) {
    digests.push(budget.aborted ? undefined : await digest(source, budget).catch(() => undefined));
  }
  throwIfCancelled(signal);
  return digests;
}

async function digest(source: ArraySource, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha1').update(`${source.dtype} ${source.shape.join()}`);
  for (const region of sampleRegions(source.shape, BLOCKS, BLOCK_SIZE)) {
    const { data } = await source.read(region, signal);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('base64');
}
