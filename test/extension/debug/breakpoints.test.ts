import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { debugClients, SIMPLE_CONV_NET, type DapClient } from './support';

type Verified = Pick<DebugProtocol.Breakpoint, 'verified' | 'line' | 'message'>;

describe('breakpoints of a network', () => {
  const debug = debugClients();

  /** Sets breakpoints of one kind and tells what became of them. */
  async function set(client: DapClient, command: string, args: object): Promise<Verified[]> {
    const { breakpoints } = await client.ask<{ breakpoints: DebugProtocol.Breakpoint[] }>(command, args);
    return breakpoints.map(({ verified, line, message }) => ({ verified, line, message }));
  }
  const onLines = (client: DapClient, breakpoints: DebugProtocol.SourceBreakpoint[]) =>
    set(client, 'setBreakpoints', { source: { path: debug.networkPath }, breakpoints });

  it('on lines move to the layer there, or the next one; none follows the last', async () => {
    const client = await debug.onInput();
    const told = await onLines(client, [{ line: 2 }, { line: 8 }, { line: 13 }]);
    assert.deepEqual(
      told.map(({ verified, line }) => [verified, line]),
      [
        [true, 6],
        [true, 8],
        [false, undefined],
      ],
    );
    assert.equal(await client.go('continue'), 'conv1:6 breakpoint');
    assert.equal(await client.go('continue'), 'pool1:8 breakpoint');
    assert.equal(await client.go('continue'), 'loss:12 At the end');
    assert.equal(await client.go('reverseContinue'), 'pool1:8 breakpoint');
    const where = { source: { path: debug.networkPath }, line: 7, endLine: 8 };
    const { breakpoints } = await client.ask<{ breakpoints: { line: number }[] }>(
      'breakpointLocations',
      where,
    );
    assert.deepEqual(
      breakpoints.map(({ line }) => line),
      [7, 8],
    );
  });

  it('in another file are refused, and leave those of the network', async () => {
    const client = await debug.onInput();
    await onLines(client, [{ line: 7 }]);
    const source = { path: '/elsewhere/other.cnn.json' };
    const [told] = await set(client, 'setBreakpoints', { source, breakpoints: [{ line: 7 }] });
    assert.equal(told.verified, false);
    assert.equal(await client.go('continue'), 'relu1:7 breakpoint');
  });

  it('stop on a condition only where it is true, and are refused where it cannot be read', async () => {
    const client = await debug.onInput();
    const [, , refused] = await onLines(client, [
      { line: 6, condition: 'out.shape[1] != 30' },
      { line: 8, condition: 'out.max() > 0' },
      { line: 9, condition: 'out.max( >' },
    ]);
    assert.equal(refused.verified, false);
    assert.match(refused.message ?? '', /expected/);
    assert.equal(await client.go('continue'), 'pool1:8 breakpoint');
  });

  it('stop from the count of hits on', async () => {
    const client = await debug.onInput();
    await onLines(client, [{ line: 6, hitCondition: '>= 2' }]);
    assert.equal(await client.go('continue'), 'loss:12 At the end');
    assert.equal(await client.go('restartFrame', { frameId: 1 }), 'input:3 goto');
    assert.equal(await client.go('continue'), 'conv1:6 breakpoint');
  });

  it('log without stopping, at the line of the layer', async () => {
    const client = await debug.onInput();
    await onLines(client, [
      { line: 6, logMessage: 'conv: {out.shape}' },
      { line: 8, logMessage: '{out.ndim}' },
    ]);
    assert.equal(await client.go('continue'), 'loss:12 At the end');
    const [first, second] = client.waiting('output') as DebugProtocol.OutputEvent['body'][];
    assert.equal(first.output, 'conv: (1, 30, 24, 24)\n');
    assert.equal(first.line, 6);
    assert.equal(second.output, '4\n');
  });

  it('log which way they were come past, on the way back and in reverse', async () => {
    const client = await debug.onInput({ backward: true });
    await onLines(client, [{ line: 6, logMessage: '{name}' }]);
    await client.go('continue');
    await client.go('reverseContinue');
    const outputs = client.waiting('output') as DebugProtocol.OutputEvent['body'][];
    assert.deepEqual(
      outputs.map(({ output }) => output),
      ['conv1\n', 'conv1  (on the way back)\n', 'conv1  (in reverse)\n'],
    );
  });

  it('on functions stop at an operation, at a type of layer, at a name', async () => {
    const client = await debug.onInput();
    const breakpoints = [
      { name: 'im2col' },
      { name: 'maxpool' },
      { name: 'relu2', condition: 'out.min() == 0' },
      { name: 'im2row' },
    ];
    const told = await set(client, 'setFunctionBreakpoints', { breakpoints });
    assert.deepEqual(
      told.map(({ verified }) => verified),
      [true, true, true, false],
    );
    assert.match(told[3].message ?? '', /'im2row' \(operations here: im2col, .*\); did you mean im2col\?/);
    assert.equal(await client.go('continue'), 'conv1:6/im2col function breakpoint');
    assert.equal(await client.go('continue'), 'pool1:8 function breakpoint');
    assert.equal(await client.go('continue'), 'pool1:8/im2col function breakpoint');
    assert.equal(await client.go('continue'), 'relu2:10 function breakpoint');
    assert.equal(await client.go('continue'), 'loss:12 At the end');
  });

  it('on data stop where an array exceeds a size, has zeros only, or another shape than before', async () => {
    const client = await debug.onInput();
    await client.go('next');
    const { scopes } = await client.ask<DebugProtocol.ScopesResponse['body']>('scopes', { frameId: 2 });
    const { variablesReference } = scopes.find(({ name }) => name === 'Output')!;
    const info = { variablesReference, name: 'out' };
    const { dataId } = await client.ask<DebugProtocol.DataBreakpointInfoResponse['body']>(
      'dataBreakpointInfo',
      info,
    );
    assert.equal(dataId, 'conv1.out');
    const told = await set(client, 'setDataBreakpoints', {
      breakpoints: [
        { dataId: 'affine1.out', condition: '|x| > 0.001' },
        { dataId: 'relu1.out', condition: 'zero' },
        { dataId: 'loss.out', condition: 'often' },
      ],
    });
    assert.deepEqual(
      told.map(({ verified }) => verified),
      [true, true, false],
    );
    assert.match(told[2].message ?? '', /one of: nan, zero, shape, \|x\| > 5/);
    assert.equal(await client.go('continue'), 'affine1:9 data breakpoint');
    const scalar = { name: 'out.max()', frameId: 2 };
    const none = await client.ask<DebugProtocol.DataBreakpointInfoResponse['body']>(
      'dataBreakpointInfo',
      scalar,
    );
    assert.equal(none.dataId, null);
  });
});

describe('exceptions of a network', () => {
  const debug = debugClients();
  const stop = async (text: string, filters: string[]): Promise<[DapClient, string]> => {
    const client = await debug.onInput({}, text);
    await client.ask('setExceptionBreakpoints', { filters });
    return [client, await client.go('continue')];
  };
  const info = (client: DapClient) =>
    client.ask<DebugProtocol.ExceptionInfoResponse['body']>('exceptionInfo', { threadId: 1 });

  it('stop at the layer whose shapes do not fit, with what would fix it; what ran can be looked at', async () => {
    const text = SIMPLE_CONV_NET.replace('"name": "pool1", "size": 2', '"name": "pool1", "size": 3');
    const [client, where] = await stop(text, ['shape']);
    assert.equal(where, 'affine1:9 Paused: shapes do not fit');
    const { exceptionId, description, details } = await info(client);
    assert.equal(exceptionId, 'Shapes do not fit');
    assert.match(description ?? '', /4320/);
    assert.match(details?.stackTrace ?? '', /What would fix it:\n {2}• Set size of pool1 to 2/);
    const { result } = await client.ask<{ result: string }>('evaluate', { expression: 'pool1.out.shape' });
    assert.equal(result, '(1, 30, 8, 8)');
    assert.equal(await client.go('next'), 'affine1:9 Paused: shapes do not fit');
    assert.equal(await client.go('stepBack'), 'pool1:8 step');
  });

  it('stop at a ReLU with dead channels, where that was asked for', async () => {
    const bias = debug.files.array('b', [2], [-100, 100], 'float32');
    const text = `{"input": {"shape": ["N", 1, 4, 4]}, "params": "${bias}", "layers": [
      {"type": "relu", "name": "alive"},
      {"type": "conv", "filters": 2, "size": 3, "pad": 1, "b": "b"},
      {"type": "relu", "name": "dead"}]}`;
    const [client, where] = await stop(text, ['deadRelu']);
    assert.equal(where, 'dead:4 exception');
    const { exceptionId, description, details } = await info(client);
    assert.equal(exceptionId, 'Stopped at dead');
    assert.match(description ?? '', /dead ReLU: dead\.out is zero/);
    assert.equal(details?.stackTrace, '');
    const [, undisturbed] = await stop(text, []);
    assert.equal(undisturbed, 'dead:4 At the end');
  });
});
