import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, env, Uri, window } from 'vscode';
import { openTensorFile } from '../../../engine/formats';
import { arrayId, fromWire } from '../../../webview/protocol';
import { api, fixture, scratchFolder, until } from '../support';
import { ask, closeEditors, eventsOf, inspect, open, refused } from './support';

const all = (...shape: number[]) => shape.map(count => ({ start: 0, count, step: 1 }));

describe('what an editor of a file of arrays answers', () => {
  const files = scratchFolder();
  afterEach(closeEditors);

  it('regions of an array, and of a slice of it', async () => {
    const editor = await inspect(files.array('a', [4, 6]));
    const read = async (array: string, ...shape: number[]) => {
      const tensor = fromWire(await ask(editor, 'array/read', { array, region: all(...shape) }));
      return [tensor.shape, [...tensor.numbers()]];
    };
    assert.deepEqual(await read(arrayId(0), 1, 3), [
      [1, 3],
      [0, 1, 2],
    ]);
    assert.deepEqual(await read(arrayId(0, '[1, ::2]'), 3), [[3], [6, 8, 10]]);
    assert.deepEqual(await read(arrayId(0, '[::-1, -1]'), 4), [[4], [23, 17, 11, 5]]);
  });

  it('blocks of a plane, statistics of a slice', async () => {
    const editor = await inspect(files.array('b', [4, 4]));
    const plane = {
      index: [0, 0],
      rowAxis: 0,
      columnAxis: 1,
      rows: [0, 4],
      columns: [0, 4],
      block: 2,
    } as const;
    const reduced = await ask(editor, 'array/reduce', { array: arrayId(0), ...plane });
    assert.deepEqual([...fromWire(reduced.mean).numbers()], [2.5, 4.5, 10.5, 12.5]);
    assert.equal(reduced.extremes, undefined); // nobody asked for them
    const { count, min, max, mean } = await ask(editor, 'array/stats', { array: arrayId(0, '[1:3]') });
    assert.deepEqual([count, min, max, mean], [8, 4, 11, 7.5]);
  });

  it('how far long statistics are', async () => {
    const editor = await inspect(files.full('long', [2000, 1000], 1, 'float32'));
    const events = eventsOf(editor, 'array/progress');
    await ask(editor, 'array/stats', { array: arrayId(0), progress: 7 });
    assert.ok(events.length > 0);
    assert.ok(events.every(({ progress, fraction }) => progress === 7 && fraction > 0 && fraction <= 1));
    const fractions = events.map(({ fraction }) => fraction);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
  });

  it('a sketch: all of a small array, an even sample of a large one', async () => {
    const small = await inspect(files.array('odd', [8], [NaN, Infinity, -Infinity, 0, 0, 1, 2, 3]));
    const { histogram, ...counts } = await ask(small, 'array/sketch', { array: arrayId(0) });
    assert.deepEqual(counts, { min: 0, max: 3, zeros: 2, nan: 1, posInf: 1, negInf: 1, seen: 8 });
    assert.equal(
      histogram.reduce((sum, count) => sum + count),
      5,
    );

    const large = await inspect(files.array('large', [1200, 1000]));
    const sketch = await ask(large, 'array/sketch', { array: arrayId(0) });
    assert.ok(sketch.seen > 10_000 && sketch.seen < 20_000, `${sketch.seen} were seen`);
    assert.ok(sketch.min === 0 && sketch.max === 1_199_999, 'from one end to the other');
  });

  it('how values are spread along a scaling, of a large array those of a sample', async () => {
    const range = { scaling: { kind: 'log' }, min: 1, max: 1000 } as const;
    const small = await inspect(files.array('powers', [2, 3], [0, 1, 10, 20, 100, 1000]));
    const spread = await ask(small, 'array/histogram', { array: arrayId(0, '[:, 1:]'), ...range });
    assert.deepEqual([spread.isSample, spread.outside], [false, 0]);
    assert.deepEqual(
      spread.histogram.filter(count => count > 0),
      [1, 1, 1, 1],
    );

    const large = await inspect(files.full('great', [4100, 4100], 10, 'uint8'));
    const { isSample, histogram } = await ask(large, 'array/histogram', { array: arrayId(0), ...range });
    assert.equal(isSample, true);
    const [third] = histogram.filter(count => count > 0);
    assert.equal(third, histogram[Math.floor(histogram.length / 3)]);
    assert.ok(third > 10_000 && third < 100_000, `${third} were looked at`);
  });

  it('nothing for what is not there: an array, a slice, a region, texts of numbers', async () => {
    const editor = await inspect(files.array('c', [2, 2]));
    const read = (array: string, ...shape: number[]) =>
      refused(ask(editor, 'array/read', { array, region: all(...shape) }));
    for (const id of ['1', '-1', '0.5', 'x', '__proto__', 'length']) {
      assert.match(await read(id, 1), /there is no array at position/);
    }
    assert.match(await read(arrayId(0, '[2]'), 2), /index 2 is out of range on axis 0/);
    assert.match(await read(arrayId(0, '[0][0]'), 2), /one pair of brackets/);
    assert.match(await read(arrayId(0), 3, 2), /outside axis 0/);
    assert.match(
      await refused(ask(editor, 'array/texts', { array: arrayId(0), region: all(2, 2) })),
      /its elements are numbers, not texts/,
    );
  });

  it('a copy for the clipboard, of not too much', async () => {
    const editor = await inspect(files.full('million', [1001, 1000], 0, 'uint8'));
    await ask(editor, 'array/copy', { array: arrayId(0), region: all(1, 2), as: 'numpy' });
    assert.equal(await env.clipboard.readText(), 'array([[0, 0]], dtype=uint8)');
    await ask(editor, 'array/copy', { array: arrayId(0), region: all(2, 2), as: 'tsv' });
    assert.equal((await env.clipboard.readText()).trimEnd(), '0\t0\n0\t0');
    await ask(editor, 'array/copy', { array: arrayId(0, '[:, 3]'), region: all(1001), as: 'python' });
    assert.equal(await env.clipboard.readText(), "np.load('million.npy')[:, 3]");
    const tooMuch = { array: arrayId(0), region: all(1001, 1000), as: 'numpy' } as const;
    assert.match(await refused(ask(editor, 'array/copy', tooMuch)), /too many for the clipboard/);
  });

  it('a file with the slice, where the user says', async () => {
    const editor = await inspect(files.array('saved', [2, 3]));
    const place = Uri.file(join(files.folder, 'part.npy'));
    const proposals = answerSaveDialog(place);
    const region = all(2);
    const saved = await ask(editor, 'array/save', { array: arrayId(0, '[:, 1]'), region, format: 'npy' });
    assert.equal(saved, place.fsPath);
    assert.deepEqual(proposals, [join(files.folder, 'saved_1.npy')]);
    const { tensors } = await openTensorFile(new Uint8Array(readFileSync(place.fsPath)), 'part.npy');
    assert.deepEqual([...(await tensors[0].read()).numbers()], [1, 4]);
  });

  it('a file of every format', async () => {
    const editor = await inspect(files.array('formats', [2, 3], [0, 1, 2, 3, 4, 5], 'uint8'));
    const names = {
      npy: 'npy',
      npz: 'npz',
      csv: 'csv',
      safetensors: 'safetensors',
      png8: 'png',
      png16: 'png',
    };
    for (const format of ['npy', 'npz', 'csv', 'safetensors', 'png8', 'png16'] as const) {
      const place = Uri.file(join(files.folder, `${format}.${names[format]}`));
      answerSaveDialog(place);
      await ask(editor, 'array/save', { array: arrayId(0), region: all(2, 3), format });
      const { tensors } = await openTensorFile(new Uint8Array(readFileSync(place.fsPath)), place.fsPath);
      assert.deepEqual([...(await tensors[0].read()).numbers()], [0, 1, 2, 3, 4, 5], format);
    }
  });

  it('no file where the user thinks better of it', async () => {
    const editor = await inspect(files.array('unsaved', [2]));
    answerSaveDialog(undefined);
    const saved = await ask(editor, 'array/save', { array: arrayId(0), region: all(2), format: 'npy' });
    assert.equal(saved, undefined);
  });

  it('a picture that the webview drew, saved', async () => {
    const editor = await inspect(files.array('drawn', [2]));
    const place = Uri.file(join(files.folder, 'drawn.png'));
    answerSaveDialog(place);
    await ask(editor, 'picture/save', { name: 'drawn', png: new Uint8Array([1, 2, 3]).buffer });
    assert.deepEqual([...readFileSync(place.fsPath)], [1, 2, 3]);
  });

  it('what is on show is known, and told to who listens', async () => {
    const editor = await inspect(files.array('shown', [2]));
    let told = 0;
    editor.onSelection(() => told++);
    await ask(editor, 'selection/show', { text: 'shown (2,) float64' });
    assert.equal(editor.selection(), 'shown (2,) float64');
    await ask(editor, 'selection/show', {});
    assert.equal(editor.selection(), undefined);
    assert.equal(told, 2);
  });

  it('shows an array that a command names: in a new editor, and in the one that is there', async () => {
    const file = fixture('npz/stored.npz');
    const editor = await inspect(file);
    const names = (await open(editor)).arrays.map(({ name }) => name);
    const shown = eventsOf(editor, 'array/show');
    await commands.executeCommand('cnnInspector.inspectTensors', { file, array: names[1] });
    await until(() => shown.length > 0);
    assert.deepEqual(shown, [{ name: names[1] }]);
    assert.equal((await api()).editors().length, 1);
  });

  it('warns of an array that a command names and the file does not have, which opens all the same', async () => {
    const { showWarningMessage } = window;
    const warnings: string[] = [];
    window.showWarningMessage = (message: string) => {
      warnings.push(message);
      return Promise.resolve(undefined);
    };
    try {
      const file = fixture('npz/stored.npz');
      await commands.executeCommand('cnnInspector.inspectTensors', { file, array: 'no such' });
      await until(async () => (await api()).editors().length > 0);
      const [editor] = (await api()).editors();
      const shown = eventsOf(editor, 'array/show');
      await open(editor);
      await until(() => warnings.length > 0);
      await commands.executeCommand('cnnInspector.inspectTensors', { file, array: 'nor this' });
      await until(() => warnings.length > 1);
      assert.deepEqual(warnings, [
        "stored.npz has no array 'no such'.",
        "stored.npz has no array 'nor this'.",
      ]);
      assert.deepEqual(shown, []);
    } finally {
      window.showWarningMessage = showWarningMessage;
    }
  });

  /** Answers the next save dialog. @returns the places that it proposed */
  function answerSaveDialog(place: Uri | undefined): string[] {
    const { showSaveDialog } = window;
    const proposals: string[] = [];
    window.showSaveDialog = options => {
      window.showSaveDialog = showSaveDialog;
      proposals.push(options?.defaultUri?.fsPath ?? '');
      return Promise.resolve(place);
    };
    return proposals;
  }
});
