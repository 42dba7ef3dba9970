import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = 'test/fixtures/formats';
/** What fuzzing has found lies beside the formats and is no format. */
const FOUND = 'found';

/** Larger files are slow to damage everywhere. */
const MAX_SIZE = 6000;

export interface Seed {
  /** The file's name decides how it is read where its content does not. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The formats that there are files of. */
export function formats(): string[] {
  return readdirSync(FIXTURES, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== FOUND)
    .map(({ name }) => name)
    .sort();
}

/** Small files of a format, good and broken ones: what is a step away from broken is of interest too. */
export function seedsOf(format: string): Seed[] {
  return filesIn(join(FIXTURES, format)).filter(
    ({ name, bytes }) => bytes.length <= MAX_SIZE && name !== 'expected.json',
  );
}

/** Inputs that once broke the promise. */
export function foundInputs(): Seed[] {
  return filesIn(join(FIXTURES, FOUND)).filter(({ name }) => name !== 'README.md');
}

function filesIn(folder: string): Seed[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => ({ name, path: join(folder, name) }))
    .filter(({ path }) => statSync(path).isFile())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, path }) => ({ name, bytes: new Uint8Array(readFileSync(path)) }));
}
