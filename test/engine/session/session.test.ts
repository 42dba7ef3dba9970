import assert from 'node:assert/strict';
import {
  createSession,
  ExpressionError,
  LayerMisfit,
  previewOf,
  Tensor,
  tensorSource,
  virtualSource,
  type FrameLevel,
  type ScopeName,
  type Session,
  type Value,
} from '../../../engine';
import { fakeRun, smallLayers } from './fakeRun';
import { simpleRun, waves } from './simpleRun';

async function at(layer: number, direction: 'forward' | 'backward' = 'forward'): Promise<Session> {
  const session = createSession(simpleRun(), { backward: true });
  await session.goTo({ direction, layer });
  return session;
}

/** `x conv1.x (2,1,6,6) …` without the values. */
async function names(session: Session, frame: FrameLevel, scope: ScopeName): Promise<string> {
  return (await session.variables(frame, scope)).map(({ name }) => name).join(' ');
}

async function preview(session: Session, expression: string, frame: FrameLevel = 'layer'): Promise<string> {
  return previewOf(await session.evaluate(expression, frame));
}

describe('scopes and variables of a session', () => {
  it('of the network are its input and its totals', async () => {
    const session = await at(0);
    assert.deepEqual(session.scopes('network'), ['input', 'totals']);
    assert.equal(await names(session, 'network', 'input'), 'input N');
    assert.equal(await names(session, 'network', 'totals'), 'parameterCount macs peakBytes');
  });

  it('of a layer are what goes in, what comes out and what is between', async () => {
    const session = await at(0);
    const scopes: ScopeName[] = ['input', 'parameters', 'attributes', 'intermediates', 'output'];
    assert.deepEqual(session.scopes('layer'), scopes);
    const all = await Promise.all(scopes.map(scope => names(session, 'layer', scope)));
    assert.deepEqual(all, ['x', 'W b', 'stride pad dilation groups', 'col colW dot sum nhwc', 'out']);
    assert.deepEqual(session.scopes('operation'), []);
    assert.deepEqual(await session.variables('layer', 'gradients'), []);
  });

  it('of a layer that does not fit are what it is given, its parameters as the files have them', async () => {
    const session = createSession(simpleRun({ pad: 1 }), { backward: false });
    assert.equal((await session.run('onward')).reason, 'exception');
    assert.deepEqual(session.stop.position, { direction: 'forward', layer: 3 });
    assert.deepEqual(session.scopes('layer'), ['input', 'parameters']);
    assert.equal(await names(session, 'layer', 'parameters'), 'W b');
    assert.equal(await preview(session, 'x.shape'), '(2, 2, 3, 3)');
    assert.equal(await preview(session, 'W.shape'), '(8, 3)');
    assert.equal(await preview(session, 'affine1.b == b'), await preview(session, 'b == b'));
  });

  it('of a layer end at the cursor', async () => {
    const session = await at(0);
    await session.step('into');
    await session.step('over');
    assert.equal(await names(session, 'layer', 'intermediates'), 'col colW');
    assert.equal(await names(session, 'operation', 'input'), 'W');
    assert.equal(await names(session, 'operation', 'output'), 'colW');
  });

  it('of the way back have gradients, up to the cursor too', async () => {
    const session = await at(0, 'backward');
    assert.equal(
      await names(session, 'layer', 'gradients'),
      'dout doutRows db dcolW dW dcol dxPartial overlap dx',
    );
    await session.step('into');
    await session.step('into');
    assert.equal(session.operation(session.stop.position)?.operation, 'dout');
    assert.equal(await names(session, 'layer', 'gradients'), 'dout doutRows');
    await session.run('reverse');
    assert.ok(!session.scopes('layer').includes('gradients'));
  });

  it('of a cell are its terms with their running sum', async () => {
    const session = await at(0);
    const cell = { array: 'sum', index: [16, 1], term: 2 };
    const operation = session.networkRun.layer(0).trace.forward.findIndex(step => step.operation === 'bias');
    await session.goTo({ direction: 'forward', layer: 0, operation, cell });
    const some = await session.variables('cell', 'terms');
    assert.deepEqual(
      some.map(({ name }) => name),
      ['sum', 'x[1,0,0,0] * W[1,0,0,0]', 'x[1,0,0,1] * W[1,0,0,1]'],
    );
    const [sum, ...terms] = some.map(({ value }) => (value.kind === 'number' ? value.value : NaN));
    assert.equal(sum, terms[0] + terms[1]);
    await session.goTo({ ...session.stop.position, cell: { ...cell, term: 9 } });
    const all = await session.variables('cell', 'terms');
    assert.deepEqual(
      all.slice(-2).map(({ name }) => name),
      ['bias', 'sum[16,1]'],
    );
  });

  it('have expressions that give them again from anywhere', async () => {
    const session = await at(3);
    const cell = { array: 'dot', index: [1, 2], term: 3 };
    const operation = session.networkRun
      .layer(3)
      .trace.forward.findIndex(step => step.outputs.includes('dot'));
    await session.goTo({ direction: 'forward', layer: 3, operation, cell });
    const frames: FrameLevel[] = ['network', 'layer', 'operation', 'cell'];
    let count = 0;
    for (const frame of frames) {
      for (const scope of session.scopes(frame)) {
        for (const { value, expression } of await session.variables(frame, scope)) {
          const again = await session.evaluate(expression, 'network');
          const texts = [await previewOf(value), await previewOf(again)];
          if (value.kind === 'array' || scope === 'attributes') assert.equal(texts[1], texts[0], expression);
          else assert.ok(Math.abs(Number(texts[0]) - Number(texts[1])) < 1e-6, expression);
          count++;
        }
      }
    }
    assert.ok(count > 15);
  });

  it('of a layer whose name is no name in Python are found in brackets', async () => {
    const [layer] = smallLayers();
    for (const [name, expression] of [
      ['res/1-a', "layers['res/1-a'].x"],
      ['layer1.0.conv', "layers['layer1.0.conv'].x"],
      ["it's", "layers['it\\'s'].x"],
      ['a\\"b', "layers['a\\\\\"b'].x"],
      ['sum', "layers['sum'].x"],
      ['not', "layers['not'].x"],
    ]) {
      const session = createSession(fakeRun([{ ...layer, name }]), { backward: false });
      await session.step('over');
      const [x] = await session.variables('layer', 'input');
      assert.equal(x.expression, expression);
      assert.deepEqual(await session.evaluate(`${expression}.max()`, 'network'), {
        kind: 'number',
        value: 3,
        dtype: 'float32',
      });
    }
  });
});

describe('expressions in a session', () => {
  it('know the layer they are read in, other layers, parameters and the network', async () => {
    const session = await at(2);
    const known: [string, string][] = [
      ['x.shape', '(2, 2, 4, 4)'],
      ['size', '2'],
      ['pad', '0'],
      ['name', 'maxpool1'],
      ['type', 'maxpool'],
      ['N', '2'],
      ['conv1.stride', '1'],
      ['conv1.out.shape', '(2, 2, 4, 4)'],
      ['(relu1.out == where(conv1.out > 0, conv1.out, 0)).all()', 'True'],
      ['(W1 == conv1.W).all()', 'True'],
      ["params['b1'].shape", '(2,)'],
      ['input.out[0, 0, 0, 0] == input[0, 0, 0, 0]', 'True'],
      ['max(out)', await preview(session, 'out.max()')],
    ];
    for (const [expression, text] of known)
      assert.equal(await preview(session, expression), text, expression);
    assert.equal(await preview(session, 'name', 'network'), 'small');
    await assert.rejects(session.evaluate('out', 'network'), /out: there is no such name here/);
    await assert.rejects(session.evaluate('conv1', 'network'), /has out, dx, x, .* … and \d+ more$/);
  });

  it('know shapes ahead of the cursor, but no values', async () => {
    const session = await at(1);
    assert.equal(await preview(session, 'affine1.out.shape'), '(2, 3)');
    assert.equal(await preview(session, 'W2[0].shape'), '(3,)');
    const message =
      'affine1.out.max(): affine1.out has not been computed: the session stands on relu1, going forward';
    await assert.rejects(session.evaluate('affine1.out.max()', 'layer'), { message });
    await assert.rejects(session.evaluate('conv1.dW.max()', 'layer'), /conv1\.dW has not been computed/);
    await session.goTo({ direction: 'backward', layer: 1 });
    await assert.rejects(session.evaluate('conv1.dW.max()', 'layer'), /stands on relu1, going backward/);
    assert.match(await preview(session, 'dx'), /^\(2,2,4,4\) float32 \[/);
  });

  it('keep what is saved, of this session and of one before', async () => {
    const before = new Map([['out', tensorSource('out', waves([2, 2, 4, 4]))]]);
    const session = createSession(simpleRun(), { backward: false, saved: before });
    await session.step('over');
    assert.equal(await preview(session, "(out - saved['out']).shape"), '(2, 2, 4, 4)');
    await session.evaluate("saved['first'] = out[0] * 2", 'layer');
    await session.evaluate("saved['count'] = N", 'layer');
    await session.step('over');
    assert.equal(await preview(session, "allclose(saved['first'], conv1.out[0] * 2)"), 'True');
    assert.equal(await preview(session, "saved['count'] + 1"), '3');
    await assert.rejects(
      session.evaluate("saved['firts']", 'layer'),
      /saved has no 'firts'; did you mean first\?/,
    );
    assert.deepEqual([...before.keys()], ['out']);
    const without = createSession(simpleRun(), { backward: false });
    await assert.rejects(
      without.evaluate("saved['out']", 'layer'),
      /saved has no 'out': keep an array first: saved\['name'\] = /,
    );
  });

  it('are checked without being evaluated', async () => {
    const session = await at(0);
    assert.equal(session.check('nothing.like_it > 10'), undefined);
    assert.equal(session.check('out.max( >'), "a value is expected at character 10, not '>'");
  });

  it('are completed by names, members, methods and keys', async () => {
    const session = await at(0);
    const labels = (text: string): string[] => session.complete(text, 'layer').map(({ label }) => label);
    assert.deepEqual(labels('conv1.str'), ['stride']);
    assert.deepEqual(labels('1 + re'), ['relu1', 'reshape']);
    assert.deepEqual(labels('out.me'), ['mean']);
    assert.deepEqual(labels('(out - x).arg'), ['argmax', 'argmin']);
    assert.deepEqual(labels('out[0].sha'), ['shape']);
    assert.deepEqual(labels('np.isn'), ['isnan']);
    assert.deepEqual(labels("params['W"), ['W1', 'W2']);
    assert.deepEqual(labels('nobody.o'), []);
    assert.deepEqual(labels('3.'), []);
    assert.ok(labels('').includes('conv1'));
    assert.deepEqual(session.complete('abs(conv1.ou', 'layer'), [
      { label: 'out', kind: 'array', detail: '(2,2,4,4) float32', replaces: 2 },
    ]);
  });
});

describe('setting an attribute', () => {
  it('goes back to the layer and on from there; what comes before is kept', async () => {
    const session = await at(4, 'backward');
    const input = await preview(session, 'input');
    const { position, reason } = await session.setAttribute(2, 'stride', '1');
    assert.deepEqual([position, reason], [{ direction: 'forward', layer: 2 }, 'goto']);
    assert.equal(await preview(session, 'out.shape'), '(2, 2, 3, 3)');
    assert.deepEqual(session.reached, position);
    assert.equal(await preview(session, 'input'), input);
    // 18 values no longer fit the 8 rows of W2.
    assert.equal((await session.run('onward')).reason, 'exception');
    assert.deepEqual(session.stop.position, { direction: 'forward', layer: 3 });
    await session.setAttribute(2, 'stride', '(2, 2)');
    assert.equal((await session.run('onward')).reason, 'end');
  });

  it('is a movement that can be paused: before the layer', async () => {
    const session = await at(4, 'backward');
    const { reason, position } = await session.setAttribute(2, 'stride', '1', AbortSignal.abort());
    assert.deepEqual([reason, position], ['pause', { direction: 'forward', layer: 1 }]);
    await session.step('over');
    assert.equal(await preview(session, 'out.shape'), '(2, 2, 3, 3)');
  });

  it('to what is too large to be held stops there at once; shapes are still known', async () => {
    const session = await at(0);
    const { reason, text } = await session.setAttribute(0, 'pad', '1000000');
    assert.equal(reason, 'exception');
    assert.match(text ?? '', /^out \(2,2,2000004,2000004\) takes 58\.2 TiB, and no array of more than 4 GiB/);
    assert.equal(await preview(session, 'out.shape'), '(2, 2, 2000004, 2000004)');
    await assert.rejects(session.evaluate('out.max()', 'layer'), /more than 4 GiB/);
    await session.setAttribute(0, 'pad', '0');
    assert.equal((await session.run('onward')).reason, 'end');
  });

  it('ahead of the cursor moves nothing', async () => {
    const session = await at(0);
    const before = session.stop;
    assert.equal(await session.setAttribute(2, 'pad', 'N - 2'), before);
    assert.equal(await preview(session, 'maxpool1.pad'), '0');
  });

  it('refuses what does not fit, and the session stays as it was', async () => {
    const session = await at(1);
    const wrong: [number, string, string, RegExp][] = [
      [0, 'strid', '2', /conv has no attribute 'strid'; did you mean stride\?/],
      [1, 'stride', '2', /relu has no attribute 'stride'; it has none/],
      [0, 'stride', 'conv1.out', /stride must be a number, True or False, or a list/],
      [0, 'stride', "'two'", /stride must be a number/],
      [0, 'stride', '2 +', /a value is expected/],
      [9, 'stride', '2', /there is no layer 9/],
    ];
    for (const [layer, name, expression, message] of wrong) {
      await assert.rejects(session.setAttribute(layer, name, expression), error => {
        assert.ok(error instanceof ExpressionError);
        assert.match(error.message, message);
        return true;
      });
    }
    await assert.rejects(session.setAttribute(0, 'stride', '0'), LayerMisfit);
    await assert.rejects(session.setAttribute(0, 'dilation', '9'), LayerMisfit);
    assert.equal(await preview(session, 'conv1.stride'), '1');
    assert.deepEqual(session.stop.position, { direction: 'forward', layer: 1 });
  });
});

describe('previewOf', () => {
  const array = (values: number[], shape = [values.length]): Value => ({
    kind: 'array',
    source: tensorSource('a', Tensor.from(values, shape)),
  });

  it('says shape, dtype, range and mean of an array, and what is not finite', async () => {
    assert.equal(await previewOf(array([1, 2, 3, 6], [2, 2])), '(2,2) float32 [1, 6] mean 3');
    assert.equal(await previewOf(array([0.1, 1 / 3])), '(2,) float32 [0.1, 0.3333] mean 0.2167');
    assert.equal(
      await previewOf(array([1, NaN, Infinity, -Infinity])),
      '(4,) float32 [1, 1] mean 1, 1 NaN, 2 Inf',
    );
    assert.equal(await previewOf(array([NaN])), '(1,) float32 no finite value, 1 NaN');
    assert.equal(await previewOf(array([], [0, 3])), '(0,3) float32 empty');
    assert.equal(await previewOf(array([5], [])), '() float32 [5, 5] mean 5');
  });

  it('says numbers as NumPy and Python do', async () => {
    const texts: [Value, string][] = [
      [{ kind: 'number', value: 3 }, '3'],
      [{ kind: 'number', value: 3, dtype: 'float64' }, '3.0'],
      [{ kind: 'number', value: Math.fround(0.1), dtype: 'float32' }, '0.1'],
      [{ kind: 'number', value: 7, dtype: 'int64' }, '7'],
      [{ kind: 'boolean', value: true }, 'True'],
      [{ kind: 'text', value: 'conv1' }, 'conv1'],
      [{ kind: 'tuple', items: [{ kind: 'number', value: 3 }] }, '(3,)'],
    ];
    for (const [value, text] of texts) assert.equal(await previewOf(value), text);
  });

  it('reads a sample of a large array, spread over it, and says so', async () => {
    let read = 0;
    const source = virtualSource('huge', 'float32', [1000, 1000, 1000], ([i]) => {
      read++;
      return i;
    });
    const text = await previewOf({ kind: 'array', source });
    assert.match(text, /^\(1000,1000,1000\) float32 ~\[0, 9\d\d\] mean ~4\d\d/);
    assert.ok(read <= 2 ** 14);
    read = 0;
    assert.equal(await previewOf({ kind: 'array', source }), text);
    assert.equal(read, 0);
  });
});
