import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { workspace, Uri } from 'vscode';
import { fixture, fixtureNames, scratchFolder } from '../support';
import { memoryFiles } from '../memoryFiles';
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

  for (const name of fixtureNames('pickle/hostile')) {
    it(`runs nothing: ${basename(name)}`, async () => {
      const editor = await inspect(fixture(name));
      await ask(editor, 'file/open', {}).catch((error: unknown) =>
        assert.doesNotMatch(String(error), /undefined/),
      );
      assert.equal(existsSync(join(process.cwd(), 'PWNED')), false, 'the pickle ran');
    });
  }

  for (const name of ['npy', 'npz', 'safetensors', 'image'].flatMap(folder =>
    fixtureNames(`${folder}/refused`),
  )) {
    it(`says what is wrong: ${name}`, async () => {
      const message = await refused(ask(await inspect(fixture(name)), 'file/open', {}));
      assert.doesNotMatch(
        message,
        /undefined|\[object|Cannot read|is not (a function|defined)|RangeError|engine stopped/,
      );
    });
  }

  describe('opens no other file than those in its folder', () => {
    const index = (file: string) => JSON.stringify({ metadata: {}, weight_map: { w: file } });
    let folder: string;
    before(() => {
      folder = join(files.folder, 'model');
      mkdirSync(folder);
      files.write('outside.safetensors', safetensors('w', [1, 2, 3]));
      files.write('model/inside.safetensors', safetensors('w', [4, 5, 6]));
      symlinkSync(join(files.folder, 'outside.safetensors'), join(folder, 'link.safetensors'));
    });

    it('which it does open', async () => {
      const path = files.write('model/ok.safetensors.index.json', index('inside.safetensors'));
      const { arrays } = await open(await inspect(path));
      assert.deepEqual(
        arrays.map(({ name }) => name),
        ['w'],
      );
    });

    const elsewhere = ['../outside.safetensors', 'link.safetensors', '/etc/passwd'];
    for (const [i, file] of elsewhere.entries()) {
      it(`not ${file}`, async () => {
        const path = files.write(`model/${i}.safetensors.index.json`, index(file));
        const message = await refused(ask(await inspect(path), 'file/open', {}));
        assert.match(message, /outside/);
      });
    }

    it('and none at all on a file system without folders', async () => {
      const path = files.write('model/virtual.safetensors.index.json', index('inside.safetensors'));
      const provider = workspace.registerFileSystemProvider('memalone', memoryFiles(path));
      try {
        const editor = await inspect(Uri.parse('memalone:/virtual.safetensors.index.json'));
        const message = await refused(ask(editor, 'file/open', {}));
        assert.match(message, /copy/);
      } finally {
        provider.dispose();
      }
    });
  });
});
