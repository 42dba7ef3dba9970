import assert from 'node:assert/strict';
import { debugClients, SIMPLE_CONV_NET } from './support';
import { until } from '../support';

/** A network that takes minutes. */
const LONG = `{"input": {"shape": ["N", 64, 112, 112]}, "layers": [
${Array.from({ length: 40 }, () => '  {"type": "conv", "filters": 64, "size": 3, "pad": 1}').join(',\n')}
]}`;

describe('a debugged network, from its launch to its end', () => {
  const debug = debugClients();

  it('is refused where its file is broken, a file is missing, or the input does not fit', async () => {
    const refused = async (text: string, reason: RegExp): Promise<void> => {
      const network = debug.files.write('refused.cnn.json', text);
      await assert.rejects(debug.client().launch({ network }), reason);
    };
    await refused('{"layers": [', /refused\.cnn\.json, line 1: /);
    await refused(SIMPLE_CONV_NET.replace('params.pkl', 'absent.pkl'), /absent\.pkl: there is no such file/);
    await refused(
      SIMPLE_CONV_NET.replace('"x"}', '"t"}'),
      /input: t of digits\.npz is \(100,\), the network takes/,
    );
    await refused(SIMPLE_CONV_NET.replace('"x"}', '"x", "sample": 100}'), /has the samples 0…99/);
    await assert.rejects(debug.client().launch({ network: '/absent.cnn.json' }));
    assert.deepEqual(debug.sessions.all(), []);
  });

  it('ends its worker when it is disconnected in the middle of a run', async () => {
    const client = await debug.onInput({}, LONG);
    const [session] = debug.sessions.all();
    const reading = session.request('array/stats', { array: 'input.out' });
    await client.ask('continue', { threadId: 1 });
    await new Promise<void>(resolve => session.onRunning(() => resolve()));
    await client.ask('disconnect');
    assert.deepEqual(debug.sessions.all(), []);
    await reading.catch(() => undefined);
    await assert.rejects(session.request('layer/get', { layer: 0 }), /The engine stopped \(it was closed\)/);
  });

  it('is over when it is told to stop, once', async () => {
    const client = await debug.onInput();
    await client.ask('terminate');
    await client.next('terminated');
    assert.deepEqual(debug.sessions.all(), []);
  });

  it('can be paused in a long run, which tells how far it is', async () => {
    const client = await debug.onInput({}, LONG);
    await client.ask('continue', { threadId: 1 });
    const { progressId } = await client.next<{ progressId: string }>('progressStart');
    const stopped = client.next<{ reason: string }>('stopped');
    await client.ask('cancel', { progressId });
    assert.equal((await stopped).reason, 'pause');
    await client.next('progressEnd');
    assert.match(await client.go('stepBack'), /step|At the start/);
  });

  it('stands beside another one, each with its own position', async () => {
    const [one, two] = [await debug.onInput(), await debug.onInput({ batch: 3 })];
    await one.go('next');
    assert.equal(await two.go('continue'), 'loss:12 At the end');
    assert.equal(await one.where(), 'conv1:6');
    const shape = async (client: typeof one) =>
      (await client.ask<{ result: string }>('evaluate', { expression: 'conv1.out.shape' })).result;
    assert.equal(await shape(one), '(1, 30, 24, 24)');
    assert.equal(await shape(two), '(3, 30, 24, 24)');
    await one.ask('disconnect');
    assert.equal(await two.go('reverseContinue'), 'input:3 At the start');
  });

  it('restarts on the text as it is now, with its breakpoints on their lines', async () => {
    const client = await debug.onInput();
    await client.ask('setBreakpoints', { source: { path: debug.networkPath }, breakpoints: [{ line: 8 }] });
    debug.files.write('network.cnn.json', `// A line more.\n${SIMPLE_CONV_NET}`);
    assert.equal(await client.go('restart'), 'input:4 entry');
    const moved = await client.next<{ breakpoint: { line: number } }>('breakpoint');
    assert.equal(moved.breakpoint.line, 8);
    assert.equal(await client.go('continue'), 'relu1:8 breakpoint');
  });

  it('goes on with what it has read when a file is changed, and says so', async () => {
    const params = debug.files.array('b', [2], [1, 2], 'float32');
    const text = `{"input": {"shape": ["N", 1, 4, 4]}, "params": "${params}", "layers": [
      {"type": "conv", "filters": 2, "size": 3}, {"type": "conv", "filters": 2, "size": 2, "b": "b"}]}`;
    const client = await debug.onInput({}, text);
    const [session] = debug.sessions.all();
    debug.files.array('b', [2], [1, 2], 'float64');
    await until(() => session.state.stale.some(note => /b\.npy was changed/.test(note)));
    assert.match(await client.go('next'), /conv1:2 step/);
    assert.match(await client.go('next'), /exception/);
    assert.match(session.state.text ?? '', /changed on disk/);
    assert.equal(await client.go('restart'), 'input:1 entry');
    assert.match(await client.go('continue'), /conv2:2 At the end/);
  });
});
