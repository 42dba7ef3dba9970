import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EngineError } from '../../../engine/errors';
import { openTensorFile, type TensorFile } from '../../../engine/formats';
import { sizeOf, wholeRegion, type Tensor } from '../../../engine/tensor';
import { siblingsIn } from './support/sources';

const FOLDER = 'test/fixtures/formats';

/** What a fixture must come to; see test/fixtures/README.md. */
interface Expected {
  tensors?: {
    name: string;
    dtype: string;
    storedType?: string;
    shape: number[];
    first: (number | string)[];
    sum?: number;
  }[];
  texts?: { name: string; storedType: string; shape: number[]; first: string[] }[];
  others?: string[];
  inert?: string[];
  refused?: string;
  mentions?: string;
  bounded?: string;
}

describe('openTensorFile on the fixtures', () => {
  // Damaged files that fuzzing found have no answers of their own.
  const folders = readdirSync(FOLDER).filter(folder => existsSync(join(FOLDER, folder, 'expected.json')));
  for (const folder of folders) {
    const answers = JSON.parse(readFileSync(join(FOLDER, folder, 'expected.json'), 'utf8')) as Record<
      string,
      Expected
    >;
    for (const [path, answer] of Object.entries(answers)) {
      if (answer.tensors) it(`reads ${path}`, () => opens(path, answer));
      else if (answer.refused) it(`refuses ${path}: ${answer.refused}`, () => refuses(path, answer));
      else it(`survives ${path}: ${answer.bounded}`, () => survives(path));
    }
  }
});

function open(path: string): Promise<TensorFile> {
  const file = join(FOLDER, path);
  return openTensorFile(readFileSync(file), path, undefined, siblingsIn(dirname(file)));
}

async function readAll(path: string): Promise<Tensor[]> {
  return Promise.all((await open(path)).tensors.map(entry => entry.read()));
}

async function opens(
  path: string,
  { tensors = [], texts = [], others = [], inert = [] }: Expected,
): Promise<void> {
  const file = await open(path);
  assert.deepEqual(
    file.tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
    tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
  );
  for (const [i, { first, sum, storedType }] of tensors.entries()) {
    if (storedType !== undefined) assert.equal(file.tensors[i].storedType, storedType);
    const tensor = await file.tensors[i].read();
    assert.deepEqual(Array.from(tensor.data.subarray(0, first.length), String), first.map(String));
    if (sum === undefined) continue;
    let ours = 0;
    for (const value of tensor.numbers()) ours += value;
    assert.ok(Math.abs(ours - sum) <= 1e-12 * Math.abs(sum), `sum ${ours}, expected ${sum}`);
  }
  const ourTexts = file.texts ?? [];
  assert.deepEqual(
    ourTexts.map(({ name, storedType, shape }) => ({ name, storedType, shape })),
    texts.map(({ name, storedType, shape }) => ({ name, storedType, shape })),
  );
  for (const [i, { shape, first }] of texts.entries()) {
    const elements = await ourTexts[i].readTexts(wholeRegion(shape));
    assert.equal(elements.length, sizeOf(shape));
    assert.deepEqual(elements.slice(0, first.length), first);
  }
  const noted = file.notes.map(note => note.name);
  for (const other of others)
    assert.ok(noted.includes(other), `no note on ${other} among ${noted.join(', ')}`);
  const reasons = file.notes.map(note => note.reason).join('\n');
  for (const name of inert) assert.ok(reasons.includes(name), `no note names ${name}: ${reasons}`);
  assert.ok(!existsSync('PWNED'), 'the file was run');
}

async function refuses(path: string, { mentions = '' }: Expected): Promise<void> {
  await assert.rejects(readAll(path), (error: unknown) => {
    assert.ok(error instanceof EngineError, String(error));
    assert.ok(error.message.includes(mentions), error.message);
    return true;
  });
  assert.ok(!existsSync('PWNED'), 'the file was run');
}

async function survives(path: string): Promise<void> {
  const started = performance.now();
  try {
    const { tensors } = await open(path);
    await Promise.all(tensors.slice(0, 10).map(entry => entry.read()));
  } catch (error) {
    assert.ok(error instanceof EngineError, String(error));
  }
  assert.ok(performance.now() - started < 5000, 'took over 5 s');
}
