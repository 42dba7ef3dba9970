import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancelledError } from '../../../../engine';
import { EngineStoppedError } from '../../../../extension/worker/channel/connection';
import { engineSettings } from '../../../../extension/engineSettings';
import { createEngineClient } from '../../../../extension/worker/runs/engineClient';
import { extensionPath, scratchFolder } from '../../support';

const WORKER = join(extensionPath, 'dist/worker/engineWorker.mjs');

describe('the engine in its worker', () => {
  const files = scratchFolder();
  const disk = (path: string) => ({ kind: 'disk' as const, path });

  it('answers, and names the arrays of a file', async () => {
    const engine = createEngineClient(WORKER, engineSettings);
    const index = await engine.request('file/index', { file: disk(files.array('a', [2, 3])) });
    assert.deepEqual(index.tensors, [{ name: 'a', dtype: 'float64', shape: [2, 3] }]);
    engine.dispose();
  });

  it('that crashes rejects what was asked, says so, and is started anew by the next request', async () => {
    const crashing = files.write(
      'crashing.cjs',
      `const { parentPort, threadId } = require('node:worker_threads');
       const { appendFileSync } = require('node:fs');
       appendFileSync(${JSON.stringify(join(files.folder, 'starts'))}, threadId + ' ');
       parentPort.on('message', () => { throw new Error('out of memory, say'); });`,
    );
    const engine = createEngineClient(crashing, engineSettings);
    const ask = () => engine.request('file/index', { file: disk('x') });
    await assert.rejects(ask(), (error: Error) => {
      assert.ok(error instanceof EngineStoppedError);
      assert.match(error.message, /The engine stopped \(out of memory, say\)\. Run the layer again/);
      return true;
    });
    await assert.rejects(ask(), EngineStoppedError);
    assert.equal(readFileSync(join(files.folder, 'starts'), 'utf8').trim().split(' ').length, 2);
  });

  it('can be stopped in the middle of a long run, and goes on to answer', async () => {
    const engine = createEngineClient(WORKER, engineSettings);
    const names = {
      W: disk(files.full('W', [64, 32, 5, 5], 0.1, 'float32')),
      x: disk(files.full('x', [4, 32, 128, 128], 0.1, 'float32')),
    };
    const controller = new AbortController();
    const request = { weights: { file: 'W' }, input: { file: 'x' } };
    const run = engine.start(request, names, controller.signal);
    setTimeout(() => controller.abort(), 300);
    const start = performance.now();
    await assert.rejects(run, CancelledError);
    await engine.request('file/index', { file: names.W });
    assert.ok(performance.now() - start < 3000, 'the worker did not stop the run');
    engine.dispose();
  });

  it('computes with the reference where the kernels cannot be loaded, and says why', async () => {
    cpSync(join(extensionPath, 'dist/worker'), join(files.folder, 'worker'), { recursive: true });
    const engine = createEngineClient(join(files.folder, 'worker/engineWorker.mjs'), engineSettings);
    const { set, threads, problem } = await engine.request('kernels/use', engineSettings());
    assert.deepEqual([set, threads], ['reference', 1]);
    assert.match(problem ?? '', /ENOENT.*kernels/);
    const names = { W: disk(files.full('W2', [1, 1, 2, 2], 1)), x: disk(files.array('x2', [1, 1, 3, 3])) };
    const run = await engine.start({ weights: { file: 'W' }, input: { file: 'x' } }, names);
    assert.equal((await run.request('array/stats', { array: 'out' })).max, 4 + 5 + 7 + 8);
    engine.dispose();
  });

  it("closes a run: its arrays are gone, the other runs' are not", async () => {
    const engine = createEngineClient(WORKER, engineSettings);
    const names = { W: disk(files.full('W1', [1, 1, 2, 2], 1)), x: disk(files.array('x1', [1, 1, 3, 3])) };
    const request = { weights: { file: 'W' }, input: { file: 'x' } };
    const [one, two] = [await engine.start(request, names), await engine.start(request, names)];
    one.close();
    await assert.rejects(
      one.request('array/stats', { array: 'x' }),
      /this run is closed; run the layer again/,
    );
    assert.equal((await two.request('array/stats', { array: 'x' })).max, 8);
    engine.dispose();
  });
});
