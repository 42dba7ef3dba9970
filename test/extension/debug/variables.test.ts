import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { debugClients, type DapClient } from './support';

type Variables = readonly DebugProtocol.Variable[];

describe('variables of a network', () => {
  const debug = debugClients();

  const variables = async (
    client: DapClient,
    variablesReference: number,
    page: object = {},
  ): Promise<Variables> =>
    (await client.ask<{ variables: Variables }>('variables', { variablesReference, ...page })).variables;
  const scope = async (client: DapClient, frameId: number, name: string): Promise<Variables> => {
    const { scopes } = await client.ask<DebugProtocol.ScopesResponse['body']>('scopes', { frameId });
    const found = scopes.find(each => each.name === name);
    assert.ok(found, `the frame has ${scopes.map(each => each.name).join(', ')}`);
    return variables(client, found.variablesReference);
  };
  const words = (list: Variables) => list.map(({ name, value }) => `${name} = ${value}`);
  const evaluate = (client: DapClient, expression: string, frameId?: number) =>
    client.ask<DebugProtocol.EvaluateResponse['body']>('evaluate', { expression, frameId });
  /** A network on a million rows of four random numbers. */
  const manyRows = () =>
    debug.onInput({ batch: 1_000_000 }, '{"input": {"shape": ["N", 4]}, "layers": [{"type": "relu"}]}');

  it('are shape, dtype, range and mean of the arrays that the layer has', async () => {
    const client = await debug.onInput();
    await client.go('next');
    assert.deepEqual(words(await scope(client, 2, 'Input')), [
      'x = (1, 1, 28, 28) float32  0 … 1, mean 0.1851',
    ]);
    assert.deepEqual(words(await scope(client, 2, 'Parameters')), [
      'W = (30, 1, 5, 5) float32  -0.6353 … 0.5053, mean -0.0002925',
      'b = (30,) float32  -0.1266 … 0.0784, mean -0.06574',
    ]);
    assert.deepEqual(words(await scope(client, 2, 'Attributes')), [
      'stride = 1',
      'pad = 0',
      'dilation = 1',
      'groups = 1',
    ]);
    const intermediates = await scope(client, 2, 'Intermediates');
    assert.deepEqual(
      intermediates.map(({ name }) => name),
      ['col', 'colW', 'dot', 'sum', 'nhwc'],
    );
    assert.match(intermediates[0].value, /^\(576, 25\) float32/);
  });

  it('open axis by axis down to numbers with all their digits', async () => {
    const client = await debug.onInput();
    await client.go('next');
    const [W] = await scope(client, 2, 'Parameters');
    assert.equal(W.indexedVariables, 30);
    const page = { filter: 'indexed', start: 2, count: 2 };
    const filters = await variables(client, W.variablesReference, page);
    assert.deepEqual(
      filters.map(({ name, evaluateName, indexedVariables }) => [name, evaluateName, indexedVariables]),
      [
        ['[2]', 'conv1.W[2]', 1],
        ['[3]', 'conv1.W[3]', 1],
      ],
    );
    let item = filters[1];
    for (const position of [0, 4, 4]) item = (await variables(client, item.variablesReference))[position];
    assert.equal(item.evaluateName, 'conv1.W[3, 0, 4, 4]');
    assert.equal(item.variablesReference, 0);
    assert.equal((await evaluate(client, item.evaluateName)).result, item.value);
    assert.match(item.value, /^-?0\.\d{7,9}$/);
  });

  it('of a million rows come in pages, without a wait', async () => {
    const client = await manyRows();
    const slow = 'exp(input) - exp(-input) + log(exp(input))';
    const { result, variablesReference, presentationHint, memoryReference } = await evaluate(client, slow);
    // Its range takes long: it is found when somebody wants it.
    assert.equal(result, '(1000000, 4) float32  its range takes longer: click to compute it');
    assert.equal(presentationHint?.lazy, true);
    const [whole] = await variables(client, variablesReference);
    assert.match(whole.value, /^\(1000000, 4\) float32 {2}-\d.* … \d.*, mean/);
    assert.equal(whole.indexedVariables, 1_000_000);
    assert.equal(whole.memoryReference, memoryReference);
    const start = performance.now();
    const rows = await variables(client, whole.variablesReference, { start: 999_950, count: 100 });
    assert.equal(rows.length, 50);
    assert.equal(rows[49].evaluateName, `(${slow})[999999]`);
    const all = await variables(client, whole.variablesReference);
    assert.equal(all.length, 1000, 'a client that knows no pages is not given a million');
    assert.ok(performance.now() - start < 2000);
  });

  it('have bytes that can be read, to the end of the array and not beyond', async () => {
    const client = await debug.onInput();
    await client.go('next');
    const [, b] = await scope(client, 2, 'Parameters');
    const read = (offset: number, count: number) =>
      client.ask<NonNullable<DebugProtocol.ReadMemoryResponse['body']>>('readMemory', {
        memoryReference: b.memoryReference,
        offset,
        count,
      });
    const bytes = Buffer.from((await read(4, 8)).data ?? '', 'base64');
    const [, second] = await variables(client, b.variablesReference);
    assert.equal(bytes.length, 8);
    assert.equal(Math.fround(Number(second.value)), bytes.readFloatLE(0));
    const end = await read(116, 100);
    assert.equal(Buffer.from(end.data ?? '', 'base64').length, 4);
    assert.equal(end.unreadableBytes, 96);
  });

  it('that are attributes can be set: the network runs on with them from that layer', async () => {
    const client = await debug.onInput();
    await client.go('next');
    const { scopes } = await client.ask<DebugProtocol.ScopesResponse['body']>('scopes', { frameId: 2 });
    const { variablesReference } = scopes.find(({ name }) => name === 'Attributes')!;
    const stopped = client.next('stopped');
    const set = { variablesReference, name: 'pad', value: '2' };
    assert.deepEqual(await client.ask('setVariable', set), { value: '2' });
    await stopped;
    assert.equal((await evaluate(client, 'conv1.out.shape')).result, '(1, 30, 28, 28)');
    const expression = { expression: 'conv1.stride', value: '2' };
    assert.deepEqual(await client.ask('setExpression', expression), { value: '2' });
    assert.equal((await evaluate(client, 'conv1.out.shape')).result, '(1, 30, 14, 14)');
    const typed = { expression: 'conv1.stride = 1', context: 'repl' };
    assert.deepEqual(await client.ask('evaluate', typed), { result: '1', variablesReference: 0 });
    assert.equal((await evaluate(client, 'conv1.out.shape')).result, '(1, 30, 28, 28)');
    await assert.rejects(
      client.ask('evaluate', { ...typed, context: 'watch' }),
      /only saved\['name'\] can be set/,
    );
    await assert.rejects(client.ask('setExpression', { expression: 'conv1.stride', value: '-1' }));
    await assert.rejects(
      client.ask('setExpression', { expression: 'W1', value: '1' }),
      /has no attribute 'W1'/,
    );
    assert.equal((await evaluate(client, 'conv1.out.shape')).result, '(1, 30, 28, 28)');
  });

  it('are found by expressions, in the frame that is asked, with completion', async () => {
    const client = await debug.onInput({ saved: debug.files.full('ones', [10], 1) });
    await client.go('continue');
    const results: Record<string, string> = {};
    for (const expression of [
      'out.shape',
      'W1[3, 0].shape',
      'relu1.out.min()',
      "saved['ones'].sum()",
      't[0]',
    ]) {
      results[expression] = (await evaluate(client, expression)).result;
    }
    assert.deepEqual(results, {
      'out.shape': '()',
      'W1[3, 0].shape': '(5, 5)',
      'relu1.out.min()': '0.0',
      "saved['ones'].sum()": '10.0',
      't[0]': '0',
    });
    await assert.rejects(evaluate(client, 'nothing'), /nothing/);
    await assert.rejects(evaluate(client, 'W1 +'), /expected/);
    const { targets } = await client.ask<DebugProtocol.CompletionsResponse['body']>('completions', {
      text: '1 + conv1.ou',
      column: 13,
    });
    assert.deepEqual(
      targets.map(({ label, start, length }) => [label, start, length]),
      [['out', undefined, 2]],
    );
  });
});
