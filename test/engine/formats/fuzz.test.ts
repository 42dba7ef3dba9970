import assert from 'node:assert/strict';
import { mutate } from '../../fuzz/mutate';
import { brokenPromise } from '../../fuzz/promise';
import { oneOf, seededRandom } from '../../fuzz/random';
import { formats, foundInputs, seedsOf } from '../../fuzz/seeds';

const MUTANTS_PER_FORMAT = 1500;
/** Files cut at every length: every file would be much the same work again and again. */
const CUT_FILES = 8;
const CUTS_PER_FILE = 500;

/** The share of all that that is tried: HDF5's library is started anew for each file, which takes 50 ms. */
const shareOf = (format: string): number => (format === 'hdf5' ? 0.04 : 1);

async function assertKept(bytes: Uint8Array, name: string, what: string): Promise<void> {
  const problem = await brokenPromise(bytes, name);
  assert.equal(problem, undefined, `${name} ${what}: ${problem}`);
}

describe('openTensorFile on any bytes answers or says why not, soon and in little memory', () => {
  for (const format of formats()) {
    const seeds = seedsOf(format);
    const share = shareOf(format);

    it(`${format}: files cut at every length`, async () => {
      const every = Math.ceil(seeds.length / CUT_FILES);
      for (const { name, bytes } of seeds.filter((_, i) => i % every === 0)) {
        const step = Math.ceil(bytes.length / (CUTS_PER_FILE * share));
        for (let length = 0; length < bytes.length; length += step) {
          await assertKept(bytes.subarray(0, length), name, `cut to ${length} bytes`);
        }
      }
    });

    it(`${format}: damaged files`, async () => {
      const random = seededRandom(1);
      for (let i = 0; i < MUTANTS_PER_FORMAT * share; i++) {
        const { name, bytes } = oneOf(random, seeds);
        await assertKept(mutate(bytes, oneOf(random, seeds).bytes, random), name, `mutant ${i}`);
      }
    });
  }

  for (const { name, bytes } of foundInputs()) {
    it(`found by fuzzing: ${name}`, () => assertKept(bytes, name, 'once found'));
  }
});
