import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { debugClients, SIMPLE_CONV_NET, type DapClient } from './support';

type Stopped = DebugProtocol.StoppedEvent['body'];

describe('what arrays come to hold', () => {
  const debug = debugClients();

  /** A convolution whose two channels are `b` and more or less nothing else, and a layer after it, called `after`. */
  function biased(b: readonly number[], after: string): string {
    const bias = debug.files.array('b', [2], b, 'float32');
    const W = debug.files.full('W', [2, 1, 3, 3], 1e-3, 'float32');
    return `{"input": {"shape": ["N", 1, 4, 4]}, "params": ["${bias}", "${W}"], "layers": [
      {"type": "relu", "name": "first"},
      {"type": "conv", "name": "conv1", "W": "W", "b": "b", "pad": 1},
      {"type": "${after}", "name": "after"}]}`;
  }
  /** Moves on, and tells the layer, the reason and what is said of it. */
  async function stopAfter(client: DapClient, command = 'continue', args: object = {}): Promise<string[]> {
    const stopped = client.next<Stopped>('stopped');
    await client.ask(command, { threadId: 1, ...args });
    const { reason, text = '' } = await stopped;
    return [await client.where(), reason, text];
  }
  const watch = (client: DapClient, dataId: string, condition?: string) =>
    client.ask('setDataBreakpoints', { breakpoints: [{ dataId, condition }] });
  const evaluate = async (client: DapClient, expression: string): Promise<string> =>
    (await client.ask<{ result: string }>('evaluate', { expression, frameId: 2, context: 'watch' })).result;

  for (const [value, text] of [
    [NaN, 'nan'],
    [-Infinity, '-inf'],
  ] as const) {
    it(`stops where a watched array has ${text}, and says where in it`, async () => {
      const client = await debug.onInput({}, biased([0, value], 'relu'));
      await watch(client, 'conv1.out');
      assert.deepEqual(await stopAfter(client), [
        'conv1:3',
        'data breakpoint',
        'conv1.out: NaN or ±Inf in 16 of 32 values of (1,2,4,4), first at [0, 1, 0, 0]',
      ]);
      assert.equal(await evaluate(client, 'isfinite(out).sum()'), '16');
    });
  }

  it('stops where a watched array is all zero, and not where some of it is', async () => {
    const client = await debug.onInput({}, biased([-100, -100], 'relu'));
    await watch(client, 'after.out', 'zero');
    assert.deepEqual(await stopAfter(client), [
      'after:4',
      'data breakpoint',
      'after.out (1,2,4,4) is all zero',
    ]);
    const other = await debug.onInput({}, biased([-100, 100], 'relu'));
    await watch(other, 'after.out', 'all zeros');
    assert.equal(await other.go('continue'), 'after:4 At the end');
  });

  it('stops where a watched array is too large, and not where it is just as large as it may be', async () => {
    const client = await debug.onInput({}, biased([2, -300], 'relu'));
    await watch(client, 'conv1.b', '|x| > 299.5');
    const [where, reason, text] = await stopAfter(client);
    assert.deepEqual([where, reason], ['conv1:3', 'data breakpoint']);
    assert.equal(text, 'conv1.b: |x| > 299.5 in 1 of 2 values of (2,), first at [1], -300');
    const other = await debug.onInput({}, biased([2, -300], 'relu'));
    await watch(other, 'conv1.b', 'abs(b) > 300');
    assert.equal(await other.go('continue'), 'after:4 At the end');
  });

  it('stops where a watched array has another shape than when it was last made', async () => {
    const client = await debug.onInput();
    await watch(client, 'pool1.out', 'shape changes');
    assert.equal(await client.go('continue'), 'loss:12 At the end');
    const stopped = client.next<Stopped>('stopped');
    await client.ask('setExpression', { expression: 'pool1.stride', value: '1' });
    const { reason, text } = await stopped;
    assert.equal(await client.where(), 'pool1:8');
    assert.equal(reason, 'data breakpoint');
    assert.equal(text, 'pool1.out: the shape was (1,30,12,12) and is (1,30,23,23)');
  });

  it('stops on the way back where a watched gradient is too large', async () => {
    const client = await debug.onInput({ backward: true });
    await watch(client, 'affine2.dW', '|x| > 0');
    const [where, , text] = await stopAfter(client);
    assert.equal(where, 'affine2, on the way back:11');
    assert.match(text, /^affine2\.dW: \|x\| > 0 in \d+ of 1000 values of \(100,10\), first at \[/);
  });

  it('stops where NaN appear first, in the parameter that brings them, and goes on after that', async () => {
    const client = await debug.onInput({}, biased([NaN, 1], 'relu'));
    await client.ask('setExceptionBreakpoints', { filters: ['nan'] });
    assert.deepEqual(await stopAfter(client), [
      'conv1:3',
      'exception',
      'NaN or ±Inf appear in conv1.b: 1 of 2 values of (2,), first at [0]',
    ]);
    // What comes after has them from there.
    assert.equal(await client.go('continue'), 'after:4 At the end');
  });

  it('stops where infinities appear in what a layer computes, in the first of its arrays', async () => {
    const W = debug.files.full('huge', [4, 4], 1e30, 'float32');
    const text = `{"input": {"shape": ["N", 4]}, "params": "${W}", "layers": [
      {"type": "affine", "name": "large", "W": "huge"},
      {"type": "affine", "name": "larger", "W": "huge"}]}`;
    const client = await debug.onInput({}, text);
    await client.ask('setExceptionBreakpoints', { filters: ['nan'] });
    const [where, reason, said] = await stopAfter(client);
    assert.deepEqual([where, reason], ['larger:3', 'exception']);
    assert.match(said, /^NaN or ±Inf appear in larger\.out: 4 of 4 values of \(1,4\), first at \[0, 0\]$/);
    const { exceptionId } = await client.ask<{ exceptionId: string }>('exceptionInfo', { threadId: 1 });
    assert.equal(exceptionId, 'Stopped at larger');
  });

  it('stops at a saturated sigmoid, with its channels', async () => {
    const client = await debug.onInput({}, biased([0, 30], 'sigmoid'));
    await client.ask('setExceptionBreakpoints', { filters: ['saturatedSigmoid'] });
    assert.deepEqual(await stopAfter(client), [
      'after:4',
      'exception',
      'saturated sigmoid: after.out is within 0.001 of 0 or 1 for the whole batch in 1 of 2 channels: 1',
    ]);
    const other = await debug.onInput({}, biased([0, 3], 'sigmoid'));
    await other.ask('setExceptionBreakpoints', { filters: ['saturatedSigmoid'] });
    assert.equal(await other.go('continue'), 'after:4 At the end');
  });

  it('is compared with the arrays of another program, in expressions and conditions', async () => {
    const saved = debug.files.full('out', [1, 2, 4, 4], 7, 'float32');
    const client = await debug.onInput({ saved }, biased([7, 7], 'relu'));
    await client.ask('setBreakpoints', {
      source: { path: debug.networkPath },
      breakpoints: [
        { line: 3, condition: "abs(out - saved['out']).max() > 1" },
        { line: 4, condition: "allclose(out, saved['out'], atol=0.1)" },
      ],
    });
    assert.equal(await client.go('continue'), 'after:4 breakpoint');
    assert.equal(await evaluate(client, "(conv1.out - saved['out']).shape"), '(1, 2, 4, 4)');
    await evaluate(client, "saved['before'] = conv1.out");
    await client.ask('setExpression', { expression: 'conv1.pad', value: '0' });
    assert.equal(await evaluate(client, "allclose(conv1.out, saved['before'][:, :, 1:3, 1:3])"), 'True');
    await assert.rejects(evaluate(client, "conv1.out - saved['before']"), /\(1,2,2,2\).*\(1,2,4,4\)/);
  });

  it('is said in the console by a log point, with what cannot be read in its place', async () => {
    const client = await debug.onInput({}, SIMPLE_CONV_NET);
    await client.ask('setBreakpoints', {
      source: { path: debug.networkPath },
      breakpoints: [{ line: 6, logMessage: "{name} {saved['out'].shape}" }],
    });
    await client.go('continue');
    const [{ output }] = client.waiting('output') as DebugProtocol.OutputEvent['body'][];
    assert.match(output, /^conv1 \{.*saved has no 'out'.*\}\n$/);
  });
});
