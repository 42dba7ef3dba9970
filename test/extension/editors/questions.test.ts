import assert from 'node:assert/strict';
import { unpackSummary } from '../../../webview/protocol';
import { scratchFolder } from '../support';
import { ask, closeEditors, described, inspect, open, valuesOf } from './support';

describe('a file that its editor has to ask about', () => {
  const files = scratchFolder();
  afterEach(closeEditors);

  it('bare bytes: how to read them, which is remembered', async () => {
    const path = files.write('bare.raw', new Uint8Array([9, 9, 1, 0, 2, 0, 3, 0, 4, 0]));
    const layout = { dtype: 'uint16', shape: [2, 2], offset: 2, order: 'C', littleEndian: true } as const;
    const editor = await inspect(path);
    const question = { kind: 'raw', file: 'bare.raw', size: 10 };
    assert.deepEqual(await ask(editor, 'file/open', {}), { ...question, remembered: undefined });
    const { arrays } = unpackSummary(await ask(editor, 'file/raw', { layout }));
    assert.deepEqual(arrays.map(described), ['bare (2,2) uint16']);
    assert.deepEqual(await valuesOf(editor, 'bare'), [1, 2, 3, 4]);
    await closeEditors();
    const again = await ask(await inspect(path), 'file/open', {});
    assert.deepEqual(again, { ...question, remembered: layout });
  });

  it('bytes that a layout does not fit: says so, and goes on asking', async () => {
    const editor = await inspect(files.write('short.raw', new Uint8Array(3)));
    const layout = { dtype: 'float64', shape: [2], offset: 0, order: 'C', littleEndian: true } as const;
    await assert.rejects(ask(editor, 'file/raw', { layout }), /short|raw/);
    assert.equal((await ask(editor, 'file/open', {})).kind, 'raw');
  });

  it('an image that only the browser decodes: its pixels', async () => {
    // The smallest GIF there is.
    const gif = Buffer.from('R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=', 'base64');
    const editor = await inspect(files.write('dot.gif', gif));
    const opened = await ask(editor, 'file/open', {});
    assert.ok(opened.kind === 'image' && opened.type === 'image/gif');
    assert.deepEqual(Buffer.from(opened.bytes), gif);
    await ask(editor, 'file/pixels', {
      width: 1,
      height: 1,
      rgba: new Uint8Array([5, 4, 4, 255]).buffer,
    });
    assert.deepEqual((await open(editor)).arrays.map(described), ['dot (1,3,1,1) uint8']);
    assert.deepEqual(await valuesOf(editor, 'dot'), [5, 4, 4]);
  });
});
