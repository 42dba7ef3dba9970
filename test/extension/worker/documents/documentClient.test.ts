import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openDocumentClient } from '../../../../extension/worker/documents/documentClient';
import { EngineStoppedError } from '../../../../extension/worker/channel/connection';
import { arrayId, fromWire } from '../../../../webview/protocol';
import { extensionPath, scratchFolder, until } from '../../support';

const WORKER = join(extensionPath, 'dist/worker/documentWorker.mjs');

describe('a file in a worker of its own', () => {
  const files = scratchFolder();
  const disk = (path: string) => () => Promise.resolve({ kind: 'disk' as const, path });
  const whole = { array: arrayId(0), region: [{ start: 0, count: 3, step: 1 }] };

  it('opens the file and answers about its arrays', async () => {
    const client = await openDocumentClient({ script: WORKER, content: disk(files.array('a', [3])) });
    assert.equal(client.content.kind, 'arrays');
    assert.deepEqual([...fromWire(await client.request('array/read', whole)).numbers()], [0, 1, 2]);
    client.dispose();
  });

  it('that is closed rejects what was asked', async () => {
    const client = await openDocumentClient({ script: WORKER, content: disk(files.array('b', [3])) });
    const asked = client.request('array/read', whole);
    client.dispose();
    await assert.rejects(asked, /The engine stopped \(the file was closed\)/);
  });

  it('that has stopped is replaced, and the file opened again', async () => {
    const client = await openDocumentClient({ script: misbehaving('stop'), content: disk('x') });
    await assert.rejects(client.request('array/sketch', whole), EngineStoppedError);
    assert.deepEqual(await client.request('array/texts', whole), ['answered by worker 2']);
    client.dispose();
  });

  it('is not opened again as another file', async () => {
    const client = await openDocumentClient({ script: misbehaving('change'), content: disk('x') });
    await assert.rejects(client.request('array/sketch', whole), EngineStoppedError);
    await assert.rejects(client.request('array/texts', whole), /was changed on disk while it was open/);
    client.dispose();
  });

  it('that hangs is stopped after a while, says so, and the next request starts another', async () => {
    const client = await openDocumentClient({
      script: misbehaving('hang'),
      content: disk('x'),
      patienceMs: 600,
    });
    const asked = performance.now();
    await assert.rejects(client.request('array/sketch', whole), /The engine stopped \(no progress for 1 s\)/);
    assert.ok(performance.now() - asked < 3000);
    assert.deepEqual(await client.request('array/texts', whole), ['answered by worker 2']);
    client.dispose();
  });

  it('that takes long but gets on is waited for', async () => {
    const client = await openDocumentClient({
      script: misbehaving('work'),
      content: disk('x'),
      patienceMs: 600,
    });
    assert.equal(await client.request('array/sketch', whole), 'done');
    client.dispose();
  });

  it('that fails by a fault of its own is not asked again: another one is', async () => {
    const client = await openDocumentClient({ script: misbehaving('trap'), content: disk('x') });
    await assert.rejects(client.request('array/sketch', whole), /unreachable/);
    assert.deepEqual(await client.request('array/texts', whole), ['answered by worker 2']);
    client.dispose();
  });

  it('that runs out of memory dies alone', async () => {
    const client = await openDocumentClient({
      script: misbehaving('grow'),
      content: disk('x'),
      maxHeapMb: 64,
    });
    await assert.rejects(client.request('array/sketch', whole), /The engine stopped \(.*memory/);
    assert.deepEqual(await client.request('array/texts', whole), ['answered by worker 2']);
    client.dispose();
  });

  it('that cannot be opened leaves no worker behind', async () => {
    const beats = files.write('beats', '');
    const script = files.write(
      'refusing.cjs',
      `const { parentPort } = require('node:worker_threads');
       const { appendFileSync } = require('node:fs');
       setInterval(() => appendFileSync(${JSON.stringify(beats)}, '.'), 10);
       parentPort.on('message', ({ id }) =>
         parentPort.postMessage({ kind: 'error', id, error: { code: 'format', message: 'not this' } }));`,
    );
    await assert.rejects(openDocumentClient({ script, content: disk('x') }), /not this/);
    let before = -1;
    await until(async () => {
      const last = before;
      before = statSync(beats).size;
      await new Promise(resolve => setTimeout(resolve, 100));
      return statSync(beats).size === before && last === before;
    });
  });

  /** A worker that opens anything, misbehaves when it is asked for a sketch, and says which worker of its test it is. */
  function misbehaving(how: 'hang' | 'work' | 'trap' | 'stop' | 'change' | 'grow'): string {
    const starts = files.write(`${how}-starts`, '');
    return files.write(
      `${how}.cjs`,
      `const { parentPort } = require('node:worker_threads');
       const { appendFileSync, readFileSync } = require('node:fs');
       const starts = ${JSON.stringify(starts)};
       appendFileSync(starts, '|');
       const own = readFileSync(starts, 'utf8').length;
       const misbehave = {
         hang: () => { for (;;); },
         work: id => {
           let left = 15;
           const timer = setInterval(() => {
             if (left-- > 0) return parentPort.postMessage({ kind: 'event', name: 'document/alive' });
             clearInterval(timer);
             parentPort.postMessage({ kind: 'result', id, result: 'done' });
           }, 100);
         },
         trap: id => parentPort.postMessage({ kind: 'error', id, error: { code: 'internal', message: 'unreachable' } }),
         stop: () => process.exit(1),
         change: () => process.exit(1),
         grow: () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); },
       };
       parentPort.on('message', ({ id, name }) => {
         const answer = result => parentPort.postMessage({ kind: 'result', id, result });
         if (name === 'document/open') 
           answer({
             content: { kind: 'arrays', summary: {} },
             files: [{ path: 'x', version: { size: ${JSON.stringify(how)} === 'change' ? own : 1, mtimeMs: 1 } }],
           });
         else if (name === 'array/sketch') misbehave[${JSON.stringify(how)}](id);
         else answer(['answered by worker ' + own]);
       });`,
    );
  }
});
