import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { wholeRegion } from '../../../engine';
import { openDocumentClient } from '../../../extension/worker/documents/documentClient';
import { arrayId, unpackSummary } from '../../../webview/protocol';
import { extensionPath, fixture, fixtureNames, scratchFolder } from '../support';
import { ask, closeEditors, inspect, open, refused } from './support';

/** A safetensors file of one array of float32. */
function safetensors(name: string, values: number[]): Buffer {
  const data = Buffer.from(new Float32Array(values).buffer);
  const entry = { dtype: 'F32', shape: [values.length], data_offsets: [0, data.length] };
  const header = Buffer.from(JSON.stringify({ [name]: entry }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, data]);
}

describe('an editor of a file that should not be trusted', () => {
  const files = scratchFolder();
  afterEach(closeEditors);

  it('runs nothing of a pickle, and says so', async () => {
    const editor = await inspect(fixture('pickle/hostile/os-system-protocol2.pkl'));
    const said = await ask(editor, 'file/open', {}).then(JSON.stringify, String);
    assert.match(said, /system/);
    assertNothingRan();
  });

  for (const name of fixtureNames('pickle/hostile')) {
    it(`runs nothing: ${basename(name)}`, async () => {
      await readAll(fixture(name)).catch((error: unknown) => assertSaysWhatIsWrong(String(error)));
      assertNothingRan();
    });
  }

  const folders = ['npy', 'npz', 'safetensors', 'image', 'hdf5'].map(format => `${format}/refused`);
  for (const name of [...folders, 'pickle/broken'].flatMap(fixtureNames)) {
    it(`says what is wrong: ${name}`, async () => {
      assertSaysWhatIsWrong(await refused(readAll(fixture(name))));
    });
  }

  describe('opens no other file than those in its folder', () => {
    const index = (file: string) =>
      JSON.stringify({ metadata: {}, weight_map: { w: file, own: 'own.safetensors' } });
    let folder: string;
    before(() => {
      folder = join(files.folder, 'model');
      mkdirSync(folder);
      files.write('outside.safetensors', safetensors('w', [1, 2, 3]));
      files.write('model/inside.safetensors', safetensors('w', [4, 5, 6]));
      files.write('model/own.safetensors', safetensors('own', [7]));
      symlinkSync(join(files.folder, 'outside.safetensors'), join(folder, 'link.safetensors'));
    });

    it('which it does open', async () => {
      const path = files.write('model/ok.safetensors.index.json', index('inside.safetensors'));
      const { arrays } = await open(await inspect(path));
      assert.deepEqual(
        arrays.map(({ name }) => name),
        ['w', 'own'],
      );
    });

    const elsewhere = {
      'a folder above': '../outside.safetensors',
      'through a link': 'link.safetensors',
      'by an absolute path': join(files.folder, 'outside.safetensors'),
    };
    for (const [how, file] of Object.entries(elsewhere)) {
      it(`not ${how}`, async () => {
        const path = files.write('model/bad.safetensors.index.json', index(file));
        const { arrays, notes } = await open(await inspect(path));
        assert.deepEqual(
          arrays.map(({ name }) => name),
          ['own'],
        );
        assert.match(notes[0].reason, /outside of its own folder, which is not opened/);
      });
    }
  });

  /** What the editor does with a file, without the editor: opens it and reads all of it. */
  async function readAll(path: string): Promise<void> {
    const client = await openDocumentClient({
      script: join(extensionPath, 'dist/worker/documentWorker.mjs'),
      content: () => Promise.resolve({ kind: 'disk', path }),
    });
    try {
      const arrays = client.content.kind === 'arrays' ? unpackSummary(client.content.summary).arrays : [];
      for (const [i, { dtype, shape }] of arrays.entries()) {
        await client.request(dtype ? 'array/read' : 'array/texts', {
          array: arrayId(i),
          region: wholeRegion(shape),
        });
      }
      // A part that is left out is told of instead.
      const { summary } = client.content.kind === 'arrays' ? client.content : assert.fail();
      if (summary.notes.length > 0) throw new Error(summary.notes[0].reason);
    } finally {
      client.dispose();
    }
  }
});

function assertNothingRan(): void {
  assert.equal(existsSync(join(process.cwd(), 'PWNED')), false, 'the pickle ran');
}

function assertSaysWhatIsWrong(message: string): void {
  assert.doesNotMatch(
    message,
    /undefined|\[object|Cannot read|is not (a function|defined)|RangeError|engine stopped/,
  );
}
