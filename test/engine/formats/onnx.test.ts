import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FormatError } from '../../../engine/errors';
import { memoryBytes, openTensorFile, type Metadata, type Siblings } from '../../../engine/formats';
import { counting, headAndZeros } from './support/sources';

const FIXTURES = 'test/fixtures/formats/onnx';

/** Cases of ONNX's own tests; only on machines that have them. */
const CASES = '../shared/data/onnx';

const read = (name: string): Uint8Array => readFileSync(join(FIXTURES, name));

function valueOf(metadata: readonly Metadata[] | undefined, ...path: string[]): string | undefined {
  const [name, ...rest] = path;
  const node = metadata?.find(node => node.name === name);
  return rest.length > 0 ? valueOf(node?.children, ...rest) : node?.value;
}

/** A length-delimited field. */
function field(number: number, payload: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of((number << 3) | 2), varint(payload.length), payload]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Uint8Array.from([...bytes, value]);
}

describe('openOnnx', () => {
  it('tells what a model says of itself', async () => {
    const { metadata, format } = await openTensorFile(read('constants.onnx'), 'constants.onnx');
    assert.equal(format, 'onnx');
    assert.equal(valueOf(metadata, 'producer_name'), 'fixtures');
    assert.equal(valueOf(metadata, 'domain'), 'com.example');
    assert.equal(valueOf(metadata, 'doc_string'), 'A small network');
    assert.equal(valueOf(metadata, 'graph'), 'digits');
    assert.equal(valueOf(metadata, 'inputs', 'x'), 'FLOAT (N, 3, 28, 28)');
    assert.equal(valueOf(metadata, 'outputs', 'y'), 'FLOAT');
    assert.equal(valueOf(metadata, 'metadata_props', '__proto__'), 'polluted');
    assert.equal(valueOf(metadata, 'nodes', 'Constant'), '9');
    assert.equal(valueOf(metadata, 'nodes', 'Conv'), '1');
    assert.ok(valueOf(metadata, 'opset_import', 'ai.onnx'));
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('reads elements from another file of the folder, opening it once', async () => {
    const opened: string[] = [];
    const numbers = Float32Array.from({ length: 54 }, (_, i) => i / 8);
    const siblings: Siblings = {
      open(path) {
        opened.push(path);
        if (path !== 'weights.bin') return Promise.reject(new RangeError('not asked for'));
        return Promise.resolve(memoryBytes(new Uint8Array(numbers.buffer)));
      },
    };
    const file = await openTensorFile(read('external.onnx'), 'external.onnx', undefined, siblings);
    assert.deepEqual(opened, ['weights.bin']);
    const [whole, part] = file.tensors;
    assert.deepEqual(whole.shape, [2, 3, 3, 3]);
    assert.deepEqual([...(await whole.read()).numbers()], [...numbers]);
    assert.deepEqual([...(await part.read()).numbers()], [...numbers.subarray(2, 5)]);
    assert.match(file.notes.find(({ name }) => name === 'beyond')?.reason ?? '', /weights\.bin.*truncated/);
  });

  it('names the tensors whose file is missing, and reads the others', async () => {
    const { tensors, notes } = await openTensorFile(read('unreadable.onnx'), 'unreadable.onnx');
    assert.deepEqual(
      tensors.map(({ name }) => name),
      ['good'],
    );
    assert.match(notes.find(({ name }) => name === 'elsewhere')?.reason ?? '', /weights\.bin/);
  });

  it('reads little of a model of gigabytes', async () => {
    const size = 2_000_000_000;
    const tensor = Buffer.concat([
      Uint8Array.of(0x08, 200, 1, 0x08, ...varint(2_500_000), 0x10, 1), // dims 200, 2500000; FLOAT
      field(8, Buffer.from('W')),
      Uint8Array.of(0x4a), // raw_data
      varint(size),
    ]);
    const initializer = Buffer.concat([Uint8Array.of(0x2a), varint(tensor.length + size), tensor]);
    const head = Buffer.concat([Uint8Array.of(0x3a), varint(initializer.length + size), initializer]);
    const source = counting(headAndZeros(head, head.length + size));
    const { tensors } = await openTensorFile(source, 'large.onnx');
    assert.deepEqual(tensors[0].shape, [200, 2_500_000]);
    assert.ok(source.bytesRead < 20_000, `${source.bytesRead} bytes were read`);
    await tensors[0].read([
      { start: 100, count: 1, step: 1 },
      { start: 0, count: 100, step: 1 },
    ]);
    assert.ok(source.bytesRead < 30_000, `${source.bytesRead} bytes were read`);
  });

  it("opens ONNX's own test cases", async function () {
    if (!existsSync(CASES)) {
      console.log(`      skipped: ${CASES} is not on this machine`);
      this.skip();
    }
    const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter(name =>
      /\.(onnx|pb)$/.test(name),
    );
    assert.ok(files.length > 0);
    for (const name of files) {
      const opening = openTensorFile(readFileSync(join(CASES, name)), name);
      if (/identity_(opt|sequence).*\.pb$/.test(name)) {
        await assert.rejects(opening, FormatError, `${name} is no tensor, but a list of them`);
        continue;
      }
      const { tensors, texts = [], notes } = await opening;
      assert.deepEqual(notes, [], name);
      for (const tensor of tensors) await tensor.read();
      if (name.endsWith('.pb')) assert.equal(tensors.length + texts.length, 1, name);
    }
  });
});
