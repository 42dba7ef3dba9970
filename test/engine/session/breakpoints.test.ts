import assert from 'node:assert/strict';
import {
  createSession,
  startNetwork,
  Tensor,
  type Breakpoints,
  type NetworkRun,
  type Session,
  type Stop,
} from '../../../engine';
import { network, simpleRun, stored, waves, type Written } from './simpleRun';

/** Where it stopped and why: `relu1 breakpoint`, on the way back with a `<`, in an operation with its name. */
function say(session: Session, { reason, position }: Stop): string {
  const { network: stepped } = session.networkRun;
  const name = position.layer < 0 ? 'input' : stepped.layers[position.layer].name;
  const operation = session.operation(position)?.operation;
  const back = position.direction === 'backward' ? '<' : '';
  return `${back}${name}${operation ? `/${operation}` : ''} ${reason}`;
}

function start(breakpoints: Partial<Breakpoints>, run: NetworkRun = simpleRun()): Session {
  const session = createSession(run, { backward: true });
  session.setBreakpoints({ layers: [], functions: [], data: [], exceptions: ['shape'], ...breakpoints });
  return session;
}

/** Runs until the end (or the start) and says every stop. */
async function stopsOf(session: Session, direction: 'onward' | 'reverse' = 'onward'): Promise<string[]> {
  const stops: string[] = [];
  do stops.push(say(session, await session.run(direction)));
  while (!['end', 'start', 'exception'].includes(session.stop.reason));
  return stops;
}

/** A network of layers that each take the one before, on a batch of 2 samples with 3 numbers. */
function chain(layers: readonly Written[], input: Tensor): NetworkRun {
  return startNetwork(network(layers, ['N', ...input.shape.slice(1)]), {
    batch: input.shape[0],
    input: stored('input', input),
    parameters: new Map([['W', stored('W', waves([3, 2]))]]),
    budget: 1 << 20,
    seed: 1,
    dtype: 'float32',
  });
}

describe('breakpoints on layers', () => {
  it('stop on the way forward, on the way back, and in reverse', async () => {
    const session = start({ layers: [{ id: 7, layer: 1 }] });
    assert.deepEqual(await stopsOf(session), ['relu1 breakpoint', '<relu1 breakpoint', '<conv1 end']);
    assert.deepEqual(await stopsOf(session, 'reverse'), [
      ...['<relu1 breakpoint', 'relu1 breakpoint', 'input start'],
    ]);
    await session.run('onward');
    assert.deepEqual(session.stop.hits, [7]);
  });

  it('stop a step over too, and not twice where it goes on from an operation', async () => {
    const session = start({ layers: [{ id: 1, layer: 0 }] });
    assert.equal(say(session, await session.step('over')), 'conv1 breakpoint');
    await session.step('into');
    assert.equal(say(session, await session.run('onward')), '<conv1 breakpoint');
  });

  it('stop where their condition holds', async () => {
    const conditions: [string, boolean][] = [
      ['out.max() > 10', false],
      ['out.shape[1] != 30', true],
      ['conv1.out.min() < 0 and out.min() == 0', true],
      ['0 < out.mean() < 0.001', false],
      ["name == 'relu1' and N == 2", true],
      ['(out >= 0).all()', true],
    ];
    for (const [condition, stops] of conditions) {
      const session = start({ layers: [{ id: 1, layer: 1, condition }] });
      await session.run('onward');
      assert.equal(session.stop.reason, stops ? 'breakpoint' : 'end', condition);
    }
  });

  it('stop where their condition cannot be read, and say why', async () => {
    const texts: [string, RegExp][] = [
      ['out.max( > 10', /a value is expected at character 10, not '>'/],
      ['oout.max() > 10', /oout: there is no such name here; did you mean out\?/],
      ['out > 0', /use \.any\(\) or \.all\(\)/],
      ['loss.out > 0', /loss\.out has not been computed: the session stands on relu1/],
    ];
    for (const [condition, text] of texts) {
      const session = start({ layers: [{ id: 1, layer: 1, condition }] });
      assert.equal(say(session, await session.run('onward')), 'relu1 breakpoint');
      assert.match(session.stop.text ?? '', text);
    }
    const session = start({ layers: [{ id: 1, layer: 1, hitCondition: 'often' }] });
    assert.match((await session.run('onward')).text ?? '', /hit count 'often': write a number/);
  });

  it('count how often they have been reached', async () => {
    const counts: [string, string[]][] = [
      ['2', ['<relu1 breakpoint', '<conv1 end']],
      ['>= 2', ['<relu1 breakpoint', '<conv1 end']],
      ['> 2', ['<conv1 end']],
      ['<= 1', ['relu1 breakpoint', '<conv1 end']],
      ['% 2', ['<relu1 breakpoint', '<conv1 end']],
      ['< 3', ['relu1 breakpoint', '<relu1 breakpoint', '<conv1 end']],
    ];
    for (const [hitCondition, stops] of counts) {
      assert.deepEqual(await stopsOf(start({ layers: [{ id: 1, layer: 1, hitCondition }] })), stops);
    }
  });

  it('say what log points want to know, and do not stop', async () => {
    const logMessage = '{name}: {out.shape} {out.max() > 0} {N} {nope}';
    const session = start({
      layers: [
        { id: 1, layer: 0, logMessage, condition: 'stride == 1' },
        { id: 2, layer: 1, logMessage: 'no braces' },
        { id: 3, layer: 2, logMessage: 'never', condition: 'N > 2' },
      ],
    });
    const { reason, logs, hits } = await session.run('onward');
    assert.equal(reason, 'end');
    assert.deepEqual(hits, []);
    assert.deepEqual(
      logs.slice(0, 2).map(({ layer, text }) => ({ layer, text })),
      [
        {
          layer: 0,
          text: 'conv1: (2, 2, 4, 4) True 2 {nope: there is no such name here; did you mean None?}',
        },
        { layer: 1, text: 'no braces' },
      ],
    );
    assert.equal(logs.length, 4);
  });
});

describe('function breakpoints', () => {
  it('stop at operations of that name, layers of that type, and a layer of that name', async () => {
    const at = (name: string): Promise<string[]> => stopsOf(start({ functions: [{ id: 1, name }] }));
    assert.deepEqual(await at('im2col'), [
      ...['conv1/im2col function breakpoint', 'maxpool1/im2col function breakpoint', '<conv1 end'],
    ]);
    assert.deepEqual(await at('col2im'), [
      ...['<maxpool1/col2im function breakpoint', '<conv1/col2im function breakpoint', '<conv1 end'],
    ]);
    assert.deepEqual(await at('conv'), [
      ...['conv1 function breakpoint', '<conv1 function breakpoint', '<conv1 end'],
    ]);
    assert.deepEqual(await at('loss'), [
      ...['loss function breakpoint', '<loss function breakpoint', '<conv1 end'],
    ]);
  });

  it('stop in reverse, with the layer after its operations', async () => {
    const session = start({ functions: [{ id: 1, name: 'im2col' }], layers: [{ id: 2, layer: 0 }] });
    await session.goTo({ direction: 'forward', layer: 2 });
    assert.deepEqual(await stopsOf(session, 'reverse'), [
      ...['conv1/im2col function breakpoint', 'conv1 breakpoint', 'input start'],
    ]);
  });

  it('stop where their condition holds', async () => {
    const functions = [{ id: 1, name: 'im2col', condition: 'col.shape[1] == 8' }];
    assert.deepEqual(await stopsOf(start({ functions })), [
      ...['maxpool1/im2col function breakpoint', '<conv1 end'],
    ]);
  });
});

describe('data breakpoints', () => {
  const hot = waves([2, 1, 6, 6]);
  hot.data[3] = Infinity;

  it('stop where the array is made, forward and backward', async () => {
    const data = [
      { id: 1, array: 'relu1.out', event: 'exceeds', limit: 0.5 },
      { id: 2, array: 'conv1.dW', event: 'exceeds', limit: 1e-6 },
      { id: 3, array: 'conv1.out', event: 'exceeds', limit: 1e6 },
      { id: 4, array: 'conv1.out', event: 'allZero' },
      { id: 5, array: 'nobody.out', event: 'allZero' },
    ] as const;
    const session = start({ data });
    assert.deepEqual(await stopsOf(session), [
      ...['relu1 data breakpoint', '<conv1 data breakpoint', '<conv1 end'],
    ]);
    await session.goTo({ direction: 'forward', layer: 0 });
    const { hits, text } = await session.step('over');
    assert.deepEqual(hits, [1]);
    assert.match(text ?? '', /^relu1\.out: \|x\| > 0\.5 in \d+ of 64 values of \(2,2,4,4\), first at \[0, /);
  });

  it('see NaN and ±Inf, zeros, parameters and intermediates', async () => {
    const W = Tensor.zeros([2, 1, 3, 3]);
    const events = [
      [{ array: 'W1', event: 'allZero' }, simpleRun({}, undefined, W), /^W1 \(2,1,3,3\) is all zero$/],
      [{ array: 'conv1.col', event: 'notFinite' }, simpleRun({}, hot), /conv1\.col: NaN or ±Inf in 3 of 288/],
      [
        { array: 'conv1.dot', event: 'allZero' },
        simpleRun({}, undefined, W),
        /conv1\.dot \(32,2\) is all zero/,
      ],
    ] as const;
    for (const [breakpoint, run, text] of events) {
      const session = start({ data: [{ id: 1, ...breakpoint }] }, run);
      assert.equal(say(session, await session.run('onward')), 'conv1 data breakpoint');
      assert.match(session.stop.text ?? '', text);
    }
  });

  it('see a shape change where an attribute was set', async () => {
    const session = start({ data: [{ id: 1, array: 'conv1.out', event: 'shapeChanges' }] });
    await session.goTo({ direction: 'forward', layer: 0 });
    await session.step('back');
    assert.equal(say(session, await session.step('over')), 'conv1 step');
    const { reason, text } = await session.setAttribute(0, 'pad', '1');
    assert.equal(reason, 'data breakpoint');
    assert.equal(text, 'conv1.out: the shape was (2,2,4,4) and is (2,2,6,6)');
  });
});

describe('exceptions', () => {
  const square = Tensor.from([0.5, -1, 2, 1, -2, 3], [2, 3]);

  it('stop at a layer that does not fit, with what would fix it', async () => {
    const run = chain(
      [{ type: 'relu' }, { type: 'conv', parameters: { W: 'W' } }, { type: 'relu', name: 'r' }],
      square,
    );
    const session = start({}, run);
    assert.equal(say(session, await session.run('onward')), 'conv1 exception');
    const { problem, text } = session.stop;
    assert.equal(problem?.place.layer, 1);
    assert.equal(text, problem.message);
    assert.equal(say(session, await session.run('onward')), 'conv1 exception');
    assert.deepEqual(session.scopes('layer'), ['input', 'parameters', 'attributes']);
    const x = await session.evaluate('x.max()', 'layer');
    assert.deepEqual(x, { kind: 'number', value: 3, dtype: 'float32' });
  });

  it('stop where NaN or ±Inf appear first', async () => {
    const input = Tensor.from([3e38, -1, 2, 1, -2, 3], [2, 3]);
    const layers: Written[] = [
      { type: 'relu' },
      { type: 'add', name: 'twice', from: ['relu1', 'relu1'] },
      { type: 'sigmoid' },
      { type: 'tanh' },
    ];
    const session = start({ exceptions: ['nan'] }, chain(layers, input));
    assert.deepEqual(await stopsOf(session), ['twice exception']);
    assert.match(
      session.stop.text ?? '',
      /^NaN or ±Inf appear in twice\.\w+: 1 of 6 values of \(2,3\), first at \[0, 0\]$/,
    );
    assert.notEqual((await session.run('onward')).reason, 'exception');
  });

  it('name the parameter or the input that NaN comes from', async () => {
    const W = waves([2, 1, 3, 3]);
    W.data[4] = NaN;
    const byWeights = start({ exceptions: ['nan'] }, simpleRun({}, undefined, W));
    assert.match((await byWeights.run('onward')).text ?? '', /appear in conv1\.W: 1 of 18 values/);
    const x = waves([2, 1, 6, 6]);
    x.data[7] = -Infinity;
    const byInput = start({ exceptions: ['nan'] }, simpleRun({}, x));
    assert.match(
      (await byInput.run('onward')).text ?? '',
      /appear in input: 1 of 72 values .* first at \[0, 0, 1, 1\]/,
    );
  });

  it('stop at a ReLU with dead channels or units, and say which', async () => {
    const dead = start({ exceptions: ['deadRelu'] }, chain([{ type: 'relu' }], square));
    assert.equal(say(dead, await dead.run('onward')), 'relu1 exception');
    assert.equal(dead.stop.text, 'dead ReLU: relu1.out is zero for the whole batch in 1 of 3 units: 1');
    const W = Tensor.zeros([2, 1, 3, 3]);
    const maps = start({ exceptions: ['deadRelu'] }, simpleRun({}, undefined, W));
    assert.match((await maps.run('onward')).text ?? '', /1 of 2 channels: 0$/);
  });

  it('stop at a sigmoid with saturated units', async () => {
    const input = Tensor.from([9, 0, -20, -8, 1, -9], [2, 3]);
    const session = start({ exceptions: ['saturatedSigmoid'] }, chain([{ type: 'sigmoid' }], input));
    assert.equal(say(session, await session.run('onward')), 'sigmoid1 exception');
    assert.match(session.stop.text ?? '', /in 2 of 3 units: 0, 2$/);
  });

  it('do not stop where nothing is wrong, nor in reverse', async () => {
    const exceptions = ['nan', 'saturatedSigmoid'] as const;
    const session = start({ exceptions });
    assert.deepEqual(await stopsOf(session), ['<conv1 end']);
    const dead = start({ exceptions: ['deadRelu'] }, chain([{ type: 'relu' }], square));
    await dead.goTo({ direction: 'backward', layer: 0 });
    assert.deepEqual(await stopsOf(dead, 'reverse'), ['input start']);
  });
});
