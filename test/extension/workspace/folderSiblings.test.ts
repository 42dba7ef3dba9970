import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FormatError } from '../../../engine';
import { folderSiblings } from '../../../extension/workspace/folderSiblings';
import { scratchFolder } from '../support';

describe('files beside the opened one', () => {
  const files = scratchFolder();
  const folder = join(files.folder, 'model');
  const siblings = () => folderSiblings(join(folder, 'model.json'));
  const texts = async (name: string) => {
    const source = await siblings().open(name);
    return new TextDecoder().decode(await source.read(0, source.size));
  };

  before(() => {
    mkdirSync(join(folder, 'parts'), { recursive: true });
    files.write('secret', 'secret');
    writeFileSync(join(folder, 'a.bin'), 'a');
    writeFileSync(join(folder, '..data'), 'dots');
    writeFileSync(join(folder, 'parts/b.bin'), 'b');
    symlinkSync(join(folder, 'a.bin'), join(folder, 'link-inside'));
    symlinkSync(join(files.folder, 'secret'), join(folder, 'link-out'));
    symlinkSync(files.folder, join(folder, 'folder-out'));
  });

  it('are read: in the folder, below it, and through links that stay inside', async () => {
    assert.equal(await texts('a.bin'), 'a');
    assert.equal(await texts('./a.bin'), 'a');
    assert.equal(await texts('parts/../a.bin'), 'a');
    assert.equal(await texts('parts/b.bin'), 'b');
    assert.equal(await texts('..data'), 'dots');
    assert.equal(await texts('link-inside'), 'a');
  });

  const outside = [
    '../secret',
    'parts/../../secret',
    '/etc/passwd',
    'link-out',
    'folder-out/secret',
    '..',
    '.',
    '',
  ];
  for (const name of outside) {
    it(`are not opened outside of the folder: '${name}'`, async () => {
      await assert.rejects(siblings().open(name), (error: Error) => {
        assert.ok(error instanceof FormatError);
        assert.match(error.message, /outside of its own folder, which is not opened/);
        return true;
      });
    });
  }

  it('that lie outside are refused alike, whether they exist or not', async () => {
    await assert.rejects(siblings().open('../no such file'), /outside of its own folder/);
  });

  it('that are missing, folders or impossible names are refused', async () => {
    await assert.rejects(siblings().open('missing.bin'), /missing\.bin: this file is needed beside/);
    await assert.rejects(siblings().open('parts'), /this is not a file/);
    await assert.rejects(siblings().open('a\0b'), /needed beside/);
  });

  it('are opened once each, and not without end', async () => {
    const many = siblings();
    assert.equal(await many.open('a.bin'), await many.open('./a.bin'));
    for (let i = 0; i < 1023; i++) {
      writeFileSync(join(folder, `part${i}`), '');
      await many.open(`part${i}`);
    }
    await assert.rejects(many.open('parts/b.bin'), /more than 1024 other files/);
  });
});
