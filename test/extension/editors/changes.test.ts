import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { commands } from 'vscode';
import { arrayId, fromWire, unpackSummary } from '../../../webview/protocol';
import { api, scratchFolder, until } from '../support';
import { ask, closeEditors, eventsOf, inspect, open, refused, valuesOf } from './support';

describe('a file that changes while it is open in an editor', () => {
  const files = scratchFolder();
  afterEach(closeEditors);

  it('is read anew, and what changed is named', async () => {
    const path = files.write(
      'some.json',
      JSON.stringify({ same: [1, 2], other: [3, 4], longer: [5], gone: [6] }),
    );
    const editor = await inspect(path);
    await open(editor);
    await new Promise(resolve => setTimeout(resolve, 1500)); // its digests are taken when the user has seen it
    const replaced = eventsOf(editor, 'file/replaced');
    writeFileSync(path, JSON.stringify({ same: [1, 2], other: [3, 9], longer: [5, 5], fresh: [7] }));
    await until(() => replaced.length > 0);
    assert.deepEqual(replaced[0].changed, ['other', 'longer', 'fresh']);
    assert.ok(replaced[0].isCompared);
    assert.deepEqual(
      unpackSummary(replaced[0].summary).arrays.map(({ name }) => name),
      ['same', 'other', 'longer', 'fresh'],
    );
    assert.deepEqual(await valuesOf(editor, 'other'), [3, 9]);
  });

  it('is read anew as soon as it is open, and says that values could not be compared', async () => {
    const path = files.array('at-once', [3]);
    const editor = await inspect(path);
    await open(editor);
    const replaced = eventsOf(editor, 'file/replaced');
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = 66;
    writeFileSync(path, bytes);
    await until(() => replaced.length > 0);
    assert.deepEqual([replaced[0].changed, replaced[0].isCompared], [[], false]);
  });

  it('keeps on show what was read when it is deleted, says so, and is read again when it is back', async () => {
    const path = files.array('comes-and-goes', [3]);
    const editor = await inspect(path);
    const { arrays } = await open(editor);
    const lost = eventsOf(editor, 'file/lost');
    const replaced = eventsOf(editor, 'file/replaced');
    rmSync(path);
    await until(() => lost.length > 0);
    assert.match(lost[0].reason, /comes-and-goes\.npy was deleted or moved/);
    assert.deepEqual((await open(editor)).arrays, arrays);
    const read = { array: arrayId(0), region: [{ start: 0, count: 3, step: 1 }] };
    assert.match(await refused(ask(editor, 'array/read', read)), /there is no such file \(any more\)/);
    files.full('comes-and-goes', [3], 7);
    await until(() => replaced.length > 0);
    assert.deepEqual([...fromWire(await ask(editor, 'array/read', read)).numbers()], [7, 7, 7]);
  });

  it('keeps on show what was read when it is cut short, and the picture that reads it is told', async () => {
    const path = files.array('cut', [100]);
    const editor = await inspect(path);
    await open(editor);
    const lost = eventsOf(editor, 'file/lost');
    truncateSync(path, 200);
    const read = { array: arrayId(0), region: [{ start: 50, count: 10, step: 1 }] };
    assert.match(await refused(ask(editor, 'array/read', read)), /changed on disk while it was open/);
    await until(() => lost.length > 0);
    assert.match(lost[0].reason, /truncated/);
    assert.equal((await open(editor)).arrays.length, 1);
  });

  it('is shown again when it was moved away and came back as it was', async () => {
    const path = files.array('moved', [3]);
    const editor = await inspect(path);
    await open(editor);
    const lost = eventsOf(editor, 'file/lost');
    const replaced = eventsOf(editor, 'file/replaced');
    renameSync(path, `${path}.away`);
    await until(() => lost.length > 0);
    renameSync(`${path}.away`, path);
    await until(() => replaced.length > 0);
    assert.deepEqual([replaced[0].changed, replaced[0].isCompared], [[], true]);
  });

  it('without a word on its layout is read by the one that was given, if that still fits', async () => {
    const path = files.write('bare.raw', new Uint8Array([1, 2, 3, 4]));
    const editor = await inspect(path);
    const layout = { dtype: 'uint8', shape: [2, 2], offset: 0, order: 'C', littleEndian: true } as const;
    await ask(editor, 'file/raw', { layout });
    await new Promise(resolve => setTimeout(resolve, 1500)); // its digests are taken when the user has seen it
    const replaced = eventsOf(editor, 'file/replaced');
    const lost = eventsOf(editor, 'file/lost');
    writeFileSync(path, new Uint8Array([1, 2, 3, 9]));
    await until(() => replaced.length > 0);
    assert.deepEqual(replaced[0].changed, ['bare']);
    assert.deepEqual(await valuesOf(editor, 'bare'), [1, 2, 3, 9]);
    writeFileSync(path, new Uint8Array([1, 2]));
    await until(() => lost.length > 0);
    assert.match(lost[0].reason, /2 bytes|short|has 2/);
    assert.equal((await open(editor)).arrays.length, 1);
  });

  it('without a layout yet is asked about again', async () => {
    const path = files.write('asked.raw', new Uint8Array(4));
    const editor = await inspect(path);
    await ask(editor, 'file/open', {});
    const reopen = eventsOf(editor, 'file/reopen');
    writeFileSync(path, new Uint8Array(8));
    await until(() => reopen.length > 0);
    const opened = await ask(editor, 'file/open', {});
    assert.equal(opened.kind === 'raw' && opened.size, 8);
  });

  it('as an image that the browser decodes: it is asked for the pixels again', async () => {
    const gif = Buffer.from('R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=', 'base64');
    const path = files.write('dot.gif', gif);
    const editor = await inspect(path);
    const reopen = eventsOf(editor, 'file/reopen');
    const replaced = eventsOf(editor, 'file/replaced');
    // The page decodes it.
    await until(async () => (await ask(editor, 'file/open', {})).kind === 'arrays');
    assert.deepEqual(await valuesOf(editor, 'dot'), [5, 4, 4]);
    await new Promise(resolve => setTimeout(resolve, 1500)); // its digests are taken when the user has seen it
    gif[13] = 200; // the red of its only colour
    writeFileSync(path, gif);
    await until(() => replaced.length > 0);
    assert.equal(reopen.length, 1);
    assert.deepEqual(replaced[0].changed, ['dot']);
    assert.deepEqual(await valuesOf(editor, 'dot'), [200, 4, 4]);
  });

  it('that could not be read at first is shown once it can be', async () => {
    const path = files.write('late.npy', 'not yet');
    const editor = await inspect(path);
    await refused(ask(editor, 'file/open', {}));
    const replaced = eventsOf(editor, 'file/replaced');
    files.array('late', [2]);
    await until(() => replaced.length > 0);
    assert.deepEqual(await valuesOf(editor, 'late'), [0, 1]);
  });

  it('in one of the other files that it leads to is read anew, also once that is back', async () => {
    const manifest = { weights: [{ name: 'w', shape: [4], dtype: 'uint8' }], paths: ['part.bin'] };
    const part = files.write('part.bin', Uint8Array.of(1, 2, 3, 4));
    const path = files.write('model.json', JSON.stringify({ weightsManifest: [manifest] }));
    const editor = await inspect(path);
    assert.deepEqual(await valuesOf(editor, 'w'), [1, 2, 3, 4]);
    const lost = eventsOf(editor, 'file/lost');
    const replaced = eventsOf(editor, 'file/replaced');
    writeFileSync(part, Uint8Array.of(9, 8, 7, 6));
    await until(() => replaced.length === 1);
    assert.deepEqual(await valuesOf(editor, 'w'), [9, 8, 7, 6]);
    rmSync(part);
    await until(() => lost.length === 1);
    assert.match(lost[0].reason, /part\.bin/);
    writeFileSync(part, Uint8Array.of(5, 5, 5, 5));
    await until(() => replaced.length === 2);
    assert.deepEqual(await valuesOf(editor, 'w'), [5, 5, 5, 5]);
  });

  it('is told to both editors of a split view, which share it', async () => {
    const path = files.array('split', [2]);
    const first = await inspect(path);
    await open(first);
    await commands.executeCommand('workbench.action.splitEditor');
    await until(async () => (await api()).editors().length === 2);
    const second = (await api()).editors()[1];
    assert.equal(second.document, first.document);
    await open(second);
    const told = [first, second].map(editor => eventsOf(editor, 'file/replaced'));
    files.full('split', [2], 5);
    await until(() => told.every(events => events.length === 1));
    first.webviewPanel.dispose();
    assert.deepEqual(await valuesOf(second, 'split'), [5, 5]);
  });
});
