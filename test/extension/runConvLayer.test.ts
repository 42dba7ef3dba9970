import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commands, Uri, workspace, TabInputWebview, type Tab, window } from 'vscode';
import type { RunRequest, RunSummary } from '../../webview/protocol';
import { memoryFiles } from './memoryFiles';
import {
  api,
  closePanels,
  eventsOf,
  extensionPath,
  newestPanel,
  refusal,
  RUN,
  runLayer,
  scratchPanels,
  shapeOf,
  signal,
  until,
  values,
} from './support';

describe('Run Conv Layer with all choices given', () => {
  const files = scratchPanels();

  const sample: RunRequest = {
    weights: { file: 'params.pkl', name: 'W1' },
    input: { file: 'digits.npz', name: 'x', sample: 4 },
  };

  it('runs the sample params on a digit and opens a panel named after the weights', async () => {
    const { panel, summary } = await runLayer(sample);
    assert.deepEqual(shapeOf(summary, 'x'), [1, 1, 28, 28]);
    assert.deepEqual(shapeOf(summary, 'col'), [576, 25]);
    assert.deepEqual(shapeOf(summary, 'out'), [1, 30, 24, 24]);
    assert.deepEqual(summary.weights, { name: 'W1', file: 'params.pkl' });
    assert.equal(panel.webviewPanel.title, 'Conv · W1');
    await until(() => window.tabGroups.all.some(({ tabs }) => tabs.some(isLayerPanel)));
  });

  it('finds the bias by its name and says so, and what it did to the bytes of the digit', async () => {
    const { summary } = await runLayer(sample);
    assert.deepEqual(shapeOf(summary, 'b'), [30]);
    assert.ok(summary.notes.includes('b1 was taken as the bias of W1.'), summary.notes.join('\n'));
    assert.ok(
      summary.notes.includes('x was uint8; its values were divided by 255, to 0 … 1.'),
      summary.notes.join('\n'),
    );
  });

  it('gives the scaled bytes of digits.npz the numbers of digit4.npy', async () => {
    const bytes = await values(await runLayer(sample), 'out');
    const floats = await values(await runLayer({ ...sample, input: { file: 'digit4.npy' } }), 'out');
    bytes.forEach((value, i) => assert.ok(Math.abs(value - floats[i]) < 1e-5, `out[${i}]`));
  });

  it('leaves the bias out, takes another sample, keeps bytes as bytes', async () => {
    const run = await runLayer({
      ...sample,
      bias: null,
      input: { file: 'digits.npz', name: 'x', sample: 7, scale: 'byte' },
    });
    assert.ok(!run.summary.arrays.some(({ name }) => name === 'b'));
    assert.equal(Math.max(...(await values(run, 'x'))) > 200, true);
  });

  it('runs all samples of a batch', async () => {
    const { summary } = await runLayer({ ...sample, input: { file: 'digits.npz', name: 'x' } });
    assert.deepEqual(shapeOf(summary, 'out'), [100, 30, 24, 24]);
    assert.deepEqual(shapeOf(summary, 'col'), [57600, 25]);
  });

  it('takes a picture as the input, in grey where the filters want one channel', async () => {
    const { summary } = await runLayer({
      weights: { file: 'filters.npz', name: 'W' },
      input: { file: 'colour.png' },
      pad: 1,
    });
    assert.deepEqual(shapeOf(summary, 'x'), [1, 1, 64, 64]);
    assert.ok(summary.notes.includes('The image was converted from 3 channels to grey.'));
  });

  it('takes idx.gz digits, whose batch has no channel axis', async () => {
    const { summary } = await runLayer({
      ...sample,
      input: { file: 'digits-images-idx3-ubyte.gz', sample: 2 },
      pool: { kind: 'max', size: 2, stride: 2 },
    });
    assert.deepEqual(shapeOf(summary, 'pool.out'), [1, 30, 12, 12]);
    assert.ok(summary.notes.some(note => note.includes('(100, 28, 28), it was taken as (100, 1, 28, 28)')));
  });

  it('reads files by URI and by absolute path as well', async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    const uri = Uri.joinPath(folder.uri, 'params.pkl').toString();
    const { summary } = await runLayer({
      weights: { file: uri, name: 'W1' },
      input: { file: join(folder.uri.fsPath, 'digit4.npy') },
    });
    assert.deepEqual(summary.weights, { name: 'W1', file: 'params.pkl' });
  });

  it('reads files that only VS Code can reach', async () => {
    const provider = workspace.registerFileSystemProvider(
      'memtest',
      memoryFiles(files.array('x', [1, 1, 4, 4])),
    );
    try {
      const run = await runLayer({
        weights: { file: files.full('W', [1, 1, 2, 2], 1) },
        input: { file: 'memtest:/x.npy' },
      });
      assert.deepEqual(await values(run, 'out'), [10, 14, 18, 26, 30, 34, 42, 46, 50]);
    } finally {
      provider.dispose();
    }
  });

  describe('numbers of chapter 7', () => {
    it('forward with a bias: 13 17 21 / 29 33 37 / 45 49 53', async () => {
      const run = await runLayer({
        weights: { file: files.full('ones', [1, 1, 2, 2], 1) },
        bias: { file: files.full('three', [1], 3) },
        input: { file: files.array('x44', [1, 1, 4, 4]) },
      });
      assert.deepEqual(await values(run, 'out'), [13, 17, 21, 29, 33, 37, 45, 49, 53]);
    });

    it('backward with dout arange: dx, dW, db of two filters', async () => {
      const run = await runLayer({
        weights: { file: files.full('W2', [2, 1, 2, 2], 1) },
        bias: { file: files.full('b2', [2], 0) },
        input: { file: files.array('x44', [1, 1, 4, 4]) },
        dout: { kind: 'arange' },
      });
      assert.deepEqual(await values(run, 'dW'), [258, 294, 402, 438, 663, 780, 1131, 1248]);
      assert.deepEqual(await values(run, 'db'), [36, 117]);
      assert.deepEqual(
        await values(run, 'dx'),
        [9, 20, 24, 13, 24, 52, 60, 32, 36, 76, 84, 44, 21, 44, 48, 25],
      );
    });

    it('padding: 17 27 33 25 / 36 57 66 48 / …', async () => {
      const x = files.array(
        'x16',
        [1, 1, 4, 4],
        Array.from({ length: 16 }, (_, i) => i + 1),
      );
      const run = await runLayer({
        weights: { file: files.full('W33', [1, 1, 3, 3], 1) },
        bias: { file: files.full('three', [1], 3) },
        input: { file: x },
        pad: 1,
      });
      assert.deepEqual(
        await values(run, 'out'),
        [17, 27, 33, 25, 36, 57, 66, 48, 60, 93, 102, 72, 49, 75, 81, 57],
      );
    });

    it('max pooling: the winners and the way back', async () => {
      const x = [7, 11, 13, 15, 3, 4, 5, 14, 1, 2, 16, 9, 12, 8, 6, 10];
      const run = await runLayer({
        weights: { file: files.full('one', [1, 1, 1, 1], 1) },
        bias: null,
        input: { file: files.array('xpool', [1, 1, 4, 4], x) },
        pool: { kind: 'max', size: 2, stride: 2 },
      });
      assert.deepEqual(await values(run, 'pool.argMax'), [1, 1, 2, 0]);
      assert.deepEqual(await values(run, 'pool.out'), [11, 15, 12, 16]);
      assert.deepEqual(await values(run, 'dx'), [0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0]);
    });

    it("the book's own params: W1's range, and one digit through the first filter", async function () {
      const params = join(extensionPath, '../shared/data/ch07-params.pkl');
      if (!existsSync(params)) {
        console.log('      skipped: ../shared/data/ch07-params.pkl is not there');
        this.skip();
      }
      const run = await runLayer({
        weights: { file: params, name: 'W1' },
        input: { file: 'digits.npz', name: 'x', sample: 4 },
        pool: { kind: 'max', size: 2, stride: 2 },
      });
      const stats = await run.panel.handlers['array/stats']({ array: 'W' }, signal);
      assert.equal(stats.min, -0.40902284865545374);
      assert.equal(stats.max, 0.2718078892622391);
      assert.ok(Math.abs(stats.mean - 0.027370011594306846) < 1e-16);
      assert.deepEqual(shapeOf(run.summary, 'pool.out'), [1, 30, 12, 12]);
    });
  });

  describe('dout', () => {
    const tiny = (): RunRequest => ({
      weights: { file: files.full('W22', [1, 1, 2, 2], 1) },
      bias: null,
      input: { file: files.array('x33', [1, 1, 3, 3]) },
    });

    it('is ones where nothing is said', async () => {
      assert.deepEqual(await values(await runLayer(tiny()), 'dout'), [1, 1, 1, 1]);
    });

    it('at one cell shows what that cell depends on', async () => {
      const run = await runLayer({ ...tiny(), dout: { kind: 'cell', index: [0, 0, 1, 0] } });
      assert.deepEqual(await values(run, 'dx'), [0, 0, 0, 1, 1, 0, 1, 1, 0]);
    });

    it('from a seed is the same again, and another from another seed', async () => {
      const random = async (seed: number) =>
        values(await runLayer({ ...tiny(), dout: { kind: 'random', seed } }), 'dout');
      const first = await random(7);
      assert.deepEqual(await random(7), first);
      assert.notDeepEqual(await random(8), first);
    });

    it('comes from a file', async () => {
      const dout = files.array('dout', [1, 1, 2, 2], [1, 2, 3, 4]);
      const run = await runLayer({ ...tiny(), dout: { kind: 'file', file: dout } });
      assert.deepEqual(await values(run, 'dout'), [1, 2, 3, 4]);
    });

    it('of another shape is refused with both shapes', async () => {
      const dout = files.array('dout5', [5]);
      const message = await refusal({ ...tiny(), dout: { kind: 'file', file: dout } });
      assert.match(message, /dout must have the shape \(1,1,2,2\): dout5 of dout5\.npy is \(5,\)/);
    });

    it('at a cell outside of the output is refused with the range', async () => {
      const message = await refusal({ ...tiny(), dout: { kind: 'cell', index: [0, 0, 9, 0] } });
      assert.match(message, /index 9 is out of range 0…1 on axis 2 of \(1, 1, 2, 2\)/);
    });
  });

  it('says which field of its argument is wrong', async () => {
    const broken = { weights: { file: 'params.pkl' }, input: { file: 7 } };
    await assert.rejects(
      Promise.resolve(commands.executeCommand(RUN, broken)),
      /"input\.file" must be a text, it is 7/,
    );
  });

  it('says which arrays there are where the name is wrong', async () => {
    const message = await refusal({ ...sample, weights: { file: 'params.pkl', name: 'W9' } });
    assert.match(message, /params\.pkl: there is no array 'W9'; the file has W1 \(30,1,5,5\), b1 \(30,\)/);
  });

  it('does without the name where the file has only one such array', async () => {
    const { summary } = await runLayer({ ...sample, weights: { file: 'params.pkl' } });
    assert.equal(summary.weights.name, 'W1');
  });
});

function isLayerPanel({ input }: Tab): boolean {
  return input instanceof TabInputWebview && input.viewType.endsWith('cnnInspector.layer');
}

describe('Run Conv Layer Again', () => {
  const files = scratchPanels();

  it('repeats the last run once its panel is closed', async () => {
    await runLayer({ weights: { file: 'filters.npz', name: 'W' }, input: { file: 'photo.png' }, pad: 1 });
    await closePanels();
    const summary = await commands.executeCommand<RunSummary>('cnnInspector.runConvLayerAgain');
    assert.deepEqual(summary.request.weights, { file: 'filters.npz', name: 'W' });
    assert.equal(summary.request.pad, 1);
    assert.deepEqual((await newestPanel()).webviewPanel.title, 'Conv · W');
  });

  it('repeats in place in the panel that has the focus', async () => {
    const { panel } = await runLayer({
      weights: { file: 'filters.npz', name: 'W' },
      input: { file: 'photo.png' },
    });
    await until(() => panel.webviewPanel.active);
    await commands.executeCommand('cnnInspector.runConvLayerAgain');
    assert.equal((await api()).panels().length, 1);
  });

  it('keeps the panel as it is and says there why it cannot, once a file is gone', async () => {
    const x = files.array('leaves', [1, 1, 4, 4]);
    const run = await runLayer({
      weights: { file: files.full('W', [1, 1, 2, 2], 1) },
      input: { file: x },
    });
    await until(() => run.panel.webviewPanel.active);
    const refused = eventsOf(run, 'run/refused');
    rmSync(x);
    assert.equal(await commands.executeCommand('cnnInspector.runConvLayerAgain'), undefined);
    assert.match(refused[0].reason, /leaves\.npy: there is no such file/);
    assert.equal((await values(run, 'out')).length, 9);
  });
});
