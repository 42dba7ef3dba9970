import assert from 'node:assert/strict';
import {
  closeSync,
  copyFileSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { workspace } from 'vscode';
import { Tensor } from '../../engine';
import { writeNpy } from '../../engine/formats';
import type { PanelRequests, RunRequest } from '../../webview/protocol';
import { memoryFiles } from './memoryFiles';
import {
  eventsOf,
  fixture,
  fixtureNames,
  mentions,
  refusal,
  runLayer,
  scratchPanels,
  shapeOf,
  signal,
  until,
  values,
} from './support';

describe('bad input', () => {
  const files = scratchPanels();

  const W = (): RunRequest['weights'] => ({ file: files.full('W', [1, 1, 2, 2], 1) });
  const x = (): RunRequest['input'] => ({ file: files.array('x', [1, 1, 4, 4]) });
  /** A run whose weights come from a file that should not be trusted. */
  const weightsFrom = (file: string): RunRequest => ({ weights: { file }, input: x() });

  describe('a pickle that would run code is not run, and the message names what it would run', () => {
    for (const name of fixtureNames('pickle/hostile')) {
      it(basename(name), async () => {
        const canary = join(process.cwd(), 'PWNED');
        const message = await refusal(weightsFrom(fixture(name)));
        assert.ok(message.includes(mentions(name)), message);
        assert.equal(existsSync(canary), false, 'the pickle ran');
      });
    }
  });

  describe('a broken file is refused, and the message says what is wrong', () => {
    const folders = ['npy', 'npz', 'idx', 'json', 'image'].map(format => `${format}/refused`);
    for (const name of [...folders, 'pickle/broken'].flatMap(fixtureNames)) {
      it(name, async () => {
        const message = await refusal(weightsFrom(fixture(name)));
        assert.ok(message.startsWith(`${basename(name)}: `), message);
        assert.doesNotMatch(message, /can be W|four axes/, 'it is not opened and then found unfit');
        assert.doesNotMatch(message, /undefined|\[object|Cannot read|is not (a function|defined)|RangeError/);
      });
    }
  });

  describe('a bomb is answered soon and in little memory', () => {
    const bombs = ['idx/bomb-idx3-ubyte.gz', 'json/deep.json', 'json/deep-objects.json'];
    for (const name of [...bombs, ...fixtureNames('pickle/bombs')]) {
      it(name, async () => {
        const before = process.memoryUsage().rss;
        const start = performance.now();
        await refusal(weightsFrom(fixture(name)));
        assert.ok(performance.now() - start < 2000, 'it took over 2 s');
        assert.ok(process.memoryUsage().rss - before < 2 ** 28, 'it took over 256 MB');
      });
    }
  });

  describe('unusual but honest files work', () => {
    const array = Tensor.arange([2, 1, 2, 2], 'float64');

    it('Fortran order and big-endian bytes', async () => {
      const header = `{'descr': '>f8', 'fortran_order': True, 'shape': (2, 1, 2, 2), }`.padEnd(117) + '\n';
      const bytes = new Uint8Array(128 + 64);
      bytes.set([0x93, ...Buffer.from('NUMPY'), 1, 0, 118, 0]);
      bytes.set(Buffer.from(header), 10);
      const view = new DataView(bytes.buffer, 128);
      // The first axis runs fastest.
      array
        .transpose([3, 2, 1, 0])
        .numbers()
        .forEach((value, i) => view.setFloat64(8 * i, value));
      const run = await runLayer(weightsFrom(files.write('fortran.npy', bytes)));
      assert.deepEqual(await values(run, 'W'), [0, 1, 2, 3, 4, 5, 6, 7]);
    });

    it('an npz with folders and strange names', async () => {
      await assertOpens('npz/directories.npz');
      await assertOpens('npz/strange-names.npz');
      await assertOpens('npz/name-climbs-out.npz');
    });

    it('NaN and infinities go through, and the statistics count them', async () => {
      const numbers = [NaN, Infinity, -Infinity, ...Array.from({ length: 13 }, (_, i) => i)];
      const run = await runLayer({
        weights: W(),
        input: { file: files.array('odd', [1, 1, 4, 4], numbers) },
      });
      const stats = await run.panel.handlers['array/stats']({ array: 'x' }, signal);
      assert.deepEqual([stats.nan, stats.posInf, stats.negInf, stats.min, stats.max], [1, 1, 1, 0, 12]);
      const out = await values(run, 'out');
      assert.ok(Number.isNaN(out[0]) && Number.isFinite(out[8]), out.join(' '));
      const reduced = await run.panel.handlers['array/reduce'](
        {
          array: 'x',
          index: [0, 0, 0, 0],
          rowAxis: 2,
          columnAxis: 3,
          rows: [0, 4],
          columns: [0, 4],
          block: 2,
          extremes: true,
        },
        signal,
      );
      assert.ok(reduced.extremes);
      const { min, max } = reduced.extremes;
      assert.deepEqual(Array.from(new Float64Array(min.data)), [NaN, -Infinity, 5, 7]);
      assert.deepEqual(Array.from(new Float64Array(max.data)), [NaN, 4, 10, 12]);
    });
  });

  describe('choices that cannot work say why', () => {
    it('channels: both counts and both shapes', async () => {
      const message = await refusal({
        weights: { file: 'params.pkl', name: 'W1' },
        input: { file: files.array('x3', [1, 3, 28, 28]) },
        groups: 1,
      });
      assert.match(message, /3 channels, W takes 1: x \(1,3,28,28\), W \(30,1,5,5\)/);
    });

    it('weights that are no filters', async () => {
      const message = await refusal({ weights: { file: 'params.pkl', name: 'W2' }, input: x() });
      assert.match(message, /four axes.*W2 of params\.pkl is \(4320,100\)/);
    });

    it('an input that has no samples', async () => {
      const message = await refusal({ weights: W(), input: { file: files.array('none', [0, 1, 4, 4], []) } });
      assert.match(message, /it is empty: x \(0,1,4,4\)/);
    });

    it('weights without filters', async () => {
      const message = await refusal({ weights: { file: files.array('W0', [0, 1, 2, 2], []) }, input: x() });
      assert.match(message, /none of them 0: W0 of W0\.npy is \(0,1,2,2\)/);
    });

    it('a sample that is not there', async () => {
      const message = await refusal({ weights: W(), input: { ...x(), sample: 1 } });
      assert.match(message, /no sample 1.*samples 0…0/);
    });

    const attributes: [string, Partial<RunRequest>, RegExp][] = [
      ['stride 0', { stride: 0 }, /stride is 0, it must be a whole number of at least 1/],
      ['a fraction as stride', { stride: 1.5 }, /stride is 1\.5/],
      ['a negative pad', { pad: -1 }, /pad is -1, it must be a whole number of at least 0/],
      ['a dilation that makes the window too large', { dilation: 4 }, /window spans 5.*x has only H 4/],
      ['groups that do not divide', { groups: 2 }, /2 groups|groups/],
      ['a pooling larger than its input', { pool: { kind: 'max', size: 7 } }, /pool: the window spans 7/],
      ['a pooling with stride 0', { pool: { kind: 'max', size: 2, stride: 0 } }, /pool: stride is 0/],
    ];
    for (const [what, change, expected] of attributes) {
      it(what, async () => assert.match(await refusal({ weights: W(), input: x(), ...change }), expected));
    }

    it('and the panel keeps what it shows', async () => {
      const run = await runLayer({ weights: W(), input: x() });
      const wrong = { ...run.summary.request, stride: 0 };
      await assert.rejects(
        Promise.resolve(run.panel.handlers['run/change']({ request: wrong }, signal)),
        /stride is 0/,
      );
      assert.deepEqual((await run.panel.handlers['run/get']({}, signal)).request, run.summary.request);
      assert.equal((await values(run, 'out')).length, 9);
    });

    it('asking for what is not there: an array, a cell, a region', async () => {
      const { panel } = await runLayer({ weights: W(), input: x() });
      const ask = <K extends keyof PanelRequests>(name: K, params: PanelRequests[K]['params']) =>
        Promise.resolve(panel.handlers[name](params, signal));
      await assert.rejects(ask('array/stats', { array: 'y' }), /no array 'y' in this run; it has x,/);
      await assert.rejects(
        ask('cell/explain', { array: 'out', index: [0, 0, 9, 0] }),
        /index 9 is out of range/,
      );
      const region = [0, 0, 0, 0].map(() => ({ start: 0, count: 99, step: 1 }));
      await assert.rejects(ask('array/read', { array: 'x', region }), /outside axis/);
    });
  });

  it('a large file that only VS Code can reach is refused before it is read, with the setting to change', async () => {
    const provider = workspace.registerFileSystemProvider('memlarge', memoryFiles(x().file, 2 ** 30));
    try {
      const message = await refusal({ weights: W(), input: { file: 'memlarge:/x.npy' } });
      assert.match(
        message,
        /x\.npy: 1024 MiB of a memlarge: file.*cnnInspector\.maxVirtualFileSize \(now 64 MiB\)/,
      );
    } finally {
      provider.dispose();
    }
  });

  describe('files that change', () => {
    it('a missing file is named with its path', async () => {
      const message = await refusal(weightsFrom(join(files.folder, 'nowhere.npy')));
      assert.match(message, /nowhere\.npy: there is no such file/);
    });

    it('a folder is no file', async () => {
      assert.match(await refusal(weightsFrom(files.folder)), /this is not a file/);
    });

    it('a run goes on from memory when its files are deleted, and its panel is told', async () => {
      const own = files.array('soon-gone', [1, 1, 4, 4]);
      const run = await runLayer({ weights: W(), input: { file: own } });
      const told = eventsOf(run, 'file/changed');
      rmSync(own);
      await until(() => told.some(event => event.change === 'deleted' && event.file === 'soon-gone.npy'));
      assert.equal((await values(run, 'x')).length, 16);
      await assert.rejects(
        Promise.resolve(run.panel.handlers['run/again']({}, signal)),
        /there is no such file/,
      );
      assert.equal((await values(run, 'out')).length, 9);
    });

    it('a rewritten file is told of, and Run Again reads it anew', async () => {
      const own = files.array('rewritten', [1, 1, 4, 4]);
      const run = await runLayer({ weights: W(), input: { file: own } });
      const told = eventsOf(run, 'file/changed');
      files.full('rewritten', [1, 1, 4, 4], 5);
      await until(() => told.some(event => event.change === 'changed'));
      assert.deepEqual((await values(run, 'x'))[3], 3);
      await run.panel.handlers['run/again']({}, signal);
      assert.deepEqual((await values(run, 'x'))[3], 5);
    });
  });

  it('a 3 GB .npy opens by range: one sample of it runs', async () => {
    const N = 1_000_000;
    const path = files.write('huge.npy', writeNpy(Tensor.zeros([1, 1, 28, 28])).subarray(0, 128));
    const header = readFileSync(path).toString('latin1').replace('(1, 1, 28, 28), }', `(${N}, 1, 28, 28), }`);
    const bytes = Buffer.from(header.slice(0, 127).trimEnd().padEnd(127) + '\n', 'latin1');
    const file = openSync(path, 'w');
    writeSync(file, bytes);
    ftruncateSync(file, 128 + N * 784 * 4);
    writeSync(file, new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer), 0, 16, 128 + 999_999 * 784 * 4);
    closeSync(file);
    const start = performance.now();
    const run = await runLayer({ weights: W(), input: { file: path, sample: 999_999 } });
    assert.ok(performance.now() - start < 3000);
    assert.deepEqual(shapeOf(run.summary, 'x'), [1, 1, 28, 28]);
    assert.deepEqual((await values(run, 'x')).slice(0, 5), [1, 2, 3, 4, 0]);
    const message = await refusal({ weights: W(), input: { file: path } });
    assert.match(message, /x \(1000000,1,28,28\) from huge takes 5\.8 GiB.*choose one sample of the batch/);
  });

  /** The file has arrays, or says of itself why it has none that fit. */
  async function assertOpens(name: string): Promise<void> {
    const copy = join(files.folder, basename(name));
    copyFileSync(fixture(name), copy);
    const message = await refusal({ weights: W(), input: { file: copy, name: 'no such array' } });
    assert.match(message, /there is no array 'no such array'; the file has .+\(/);
  }
});
