import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../../engine/errors';
import { openTensorFile } from '../../../engine/formats';
import { randomNumbers } from '../support/arrays';

const FOLDER = 'test/fixtures/formats';
const MAX_SIZE = 3000;
const MUTANTS_PER_FORMAT = 2000;

/** Small fixtures of a format, good and broken ones: what is a step away from broken is of interest too. */
function smallFixtures(format: string): string[] {
  const entries = readdirSync(join(FOLDER, format), { recursive: true, encoding: 'utf8' });
  return entries
    .map(name => join(FOLDER, format, name))
    .filter(path => statSync(path).isFile() && statSync(path).size <= MAX_SIZE)
    .sort();
}

/** Opens and reads everything; only errors that the engine throws on purpose may come out. */
async function tryToRead(bytes: Uint8Array, name: string, what: string): Promise<void> {
  try {
    const file = await openTensorFile(bytes, name);
    for (const entry of file.tensors.slice(0, 20)) await entry.read();
  } catch (error) {
    assert.ok(
      error instanceof EngineError,
      `${name} ${what}: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

describe('openTensorFile on damaged files', () => {
  for (const format of ['npy', 'npz', 'pickle', 'idx', 'json', 'image']) {
    const paths = smallFixtures(format);

    it(`${format}: survives every truncation`, async () => {
      // Every file at every length is much the same work again and again; a few files at every length are not.
      for (const path of paths.filter((_, i) => i % Math.ceil(paths.length / 12) === 0)) {
        const bytes = readFileSync(path);
        for (let length = 0; length < bytes.length; length++) {
          await tryToRead(bytes.subarray(0, length), path, `cut to ${length} bytes`);
        }
      }
    });

    it(`${format}: survives changed bytes`, async () => {
      const random = randomNumbers(1);
      const below = (limit: number) => Math.floor(((random() + 1) / 2) * limit);
      for (let i = 0; i < MUTANTS_PER_FORMAT; i++) {
        const path = paths[i % paths.length];
        const bytes = Uint8Array.from(readFileSync(path));
        const at = below(bytes.length);
        bytes[at] = below(256);
        await tryToRead(bytes, path, `with byte ${at} changed to ${bytes[at]}`);
      }
    });
  }
});
