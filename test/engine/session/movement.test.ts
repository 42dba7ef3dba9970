import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSession, type Position, type Session, type StepKind } from '../../../engine';
import { fakeRun, smallLayers } from './fakeRun';

/** `conv1`, `conv1/1`, `conv1/1 out[0,1,1,1] 2`, on the way back with a `<`. */
function say({ direction, layer, operation, cell }: Position): string {
  const name = layer < 0 ? 'input' : smallLayers()[layer].name;
  const inside = operation === undefined ? '' : `/${operation}`;
  const term = cell ? ` ${cell.array}[${cell.index.join(',')}] ${cell.term}` : '';
  return `${direction === 'backward' ? '<' : ''}${name}${inside}${term}`;
}

function start(backward = true) {
  const run = fakeRun(smallLayers());
  const session = createSession(run, { backward });
  return { run, session };
}

async function walk(session: Pick<Session, 'stop' | 'step'>, kinds: readonly StepKind[]): Promise<string[]> {
  const table: string[] = [];
  for (const kind of kinds) table.push(say((await session.step(kind)).position));
  return table;
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

const levelOf = ({ operation, cell }: Position): number => (cell ? 2 : operation === undefined ? 0 : 1);

/** The same place on at most that level. */
function upTo(level: number, { direction, layer, operation, cell }: Position): Position {
  return {
    direction,
    layer,
    operation: level > 0 ? operation : undefined,
    cell: level > 1 ? cell : undefined,
  };
}

describe('moving through a session', () => {
  it('stands on the input first, with nothing computed', () => {
    const { run, session } = start();
    assert.deepEqual(session.stop, {
      reason: 'entry',
      position: { direction: 'forward', layer: -1 },
      hits: [],
      logs: [],
    });
    assert.deepEqual(run.computed, []);
  });

  it('goes over layers forward, then backward, and stops at the end', async () => {
    const { session } = start();
    assert.deepEqual(await walk(session, times(7, 'over')), [
      ...['conv1', 'relu1', 'affine1'],
      ...['<affine1', '<relu1', '<conv1', '<conv1'],
    ]);
    assert.equal(session.stop.reason, 'end');
    assert.deepEqual(await walk(session, times(7, 'back')), [
      ...['<relu1', '<affine1', 'affine1', 'relu1', 'conv1'],
      ...['input', 'input'],
    ]);
    assert.equal(session.stop.reason, 'start');
  });

  it('ends at the last layer where it is not to go backward', async () => {
    const { session } = start(false);
    assert.equal(say((await session.run('onward')).position), 'affine1');
    assert.equal(session.stop.reason, 'end');
    assert.equal((await session.step('over')).reason, 'end');
  });

  it('goes over operations, and past the last to the next layer', async () => {
    const { session } = start();
    assert.deepEqual(await walk(session, ['into', 'into', 'over', 'over', 'into', 'over', 'out']), [
      ...['conv1', 'conv1/0', 'conv1/1', 'relu1', 'relu1/0', 'affine1', 'affine1'],
    ]);
    assert.deepEqual(await walk(session, ['into', 'back', 'back', 'into', 'out']), [
      ...['affine1/0', 'affine1', 'relu1', 'relu1/0', 'relu1'],
    ]);
  });

  it('goes over the terms of the middle cell, and past the last to the next operation', async () => {
    const { session } = start();
    await walk(session, ['over', 'into']);
    assert.deepEqual(await walk(session, ['into', 'over', 'into', 'over']), [
      ...['conv1/0 col[2,0] 1', 'conv1/0 col[2,0] 2', 'conv1/0 col[2,0] 3', 'conv1/1'],
    ]);
    assert.deepEqual(await walk(session, ['into', 'over', 'back', 'back', 'into', 'out', 'out']), [
      ...['conv1/1 out[0,1,1,1] 1', 'conv1/1 out[0,1,1,1] 2', 'conv1/1 out[0,1,1,1] 1', 'conv1/1'],
      ...['conv1/1 out[0,1,1,1] 1', 'conv1/1', 'conv1'],
    ]);
  });

  it('steps into operations on the way back', async () => {
    const { session } = start();
    await session.goTo({ direction: 'backward', layer: 0 });
    assert.deepEqual(await walk(session, ['into', 'over', 'into']), [
      ...['<conv1/0', '<conv1/1', '<conv1/1 dx[0,0,1,1] 1'],
    ]);
    assert.equal(session.operation(session.stop.position)?.operation, 'col2im');
    const explanation = await session.explanation(session.stop.position);
    assert.equal(explanation?.cell.value, 3);
  });

  it('undoes any step by a step back, up to the level that the step climbed to', async () => {
    const kinds = fc.constantFrom<StepKind>('over', 'into');
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 40 }), kinds, async (steps, last) => {
        const { session } = start();
        await walk(session, steps);
        const before = session.stop.position;
        const { reason, position } = await session.step(last);
        if (reason === 'end') return;
        const { position: after } = await session.step('back');
        assert.equal(say(after), say(upTo(Math.min(levelOf(before), levelOf(position)), before)));
      }),
    );
  });

  it('goes to any position and computes what it needs', async () => {
    const { run, session } = start();
    await session.goTo({ direction: 'forward', layer: 1 });
    assert.equal(session.stop.reason, 'goto');
    assert.deepEqual(run.computed, ['relu1.out']);
    const cell = { array: 'out', index: [0, 1, 0, 0], term: 99 };
    await session.goTo({ direction: 'forward', layer: 0, operation: 1, cell });
    assert.equal(say(session.stop.position), 'conv1/1 out[0,1,0,0] 3');
    assert.deepEqual(session.reached, { direction: 'forward', layer: 1 });
  });

  it('refuses positions that there are not', async () => {
    const { session } = start(false);
    const wrong: [Position, RegExp][] = [
      [{ direction: 'forward', layer: 3 }, /there is no layer 3: 'fake' has 3/],
      [{ direction: 'backward', layer: 1 }, /does not go backward/],
      [{ direction: 'forward', layer: 1, operation: 1 }, /relu1 has no operation 1: it has 1/],
      [{ direction: 'forward', layer: -1, operation: 0 }, /input has no operation 0/],
      [
        { direction: 'forward', layer: 1, operation: 0, cell: { array: 'x', index: [0], term: 0 } },
        /max makes out, not x/,
      ],
      [
        {
          direction: 'forward',
          layer: 1,
          operation: 0,
          cell: { array: 'out', index: [0, 2, 0, 0], term: 0 },
        },
        /index 2 is out of range/,
      ],
    ];
    for (const [position, message] of wrong) await assert.rejects(session.goTo(position), message);
    assert.equal(session.stop.reason, 'entry');
  });

  it('computes nothing past the cursor, and nothing again on the way back', async () => {
    const { run, session } = start();
    await walk(session, ['over', 'over']);
    assert.deepEqual(run.computed, ['conv1.out', 'relu1.out']);
    await walk(session, ['into', 'out', 'back', 'into', 'into', 'back', 'back', 'back']);
    assert.equal(say(session.stop.position), 'input');
    assert.deepEqual(run.computed, ['conv1.out', 'relu1.out']);
    await session.goTo({ direction: 'backward', layer: 0 });
    assert.deepEqual(run.computed.slice(2), ['conv1.dx', 'conv1.dW']);
  });
});

describe('what stops a movement', () => {
  const misfit = {
    severity: 'error',
    fault: 'rows',
    message: 'affine: x has 8 columns, W has 6 rows',
    place: { layer: 2 },
    fixes: [],
  } as const;

  it('is a layer that does not fit: it stays there, and all before is there to be looked at', async () => {
    const session = createSession(fakeRun(smallLayers(), { misfit }), { backward: true });
    for (const movement of [
      () => session.run('onward'),
      () => session.step('over'),
      () => session.run('onward'),
    ]) {
      const { reason, position, text, problem } = await movement();
      assert.equal(reason, 'exception');
      assert.deepEqual(position, { direction: 'forward', layer: 2 });
      assert.equal(text, misfit.message);
      assert.equal(problem, misfit);
    }
    assert.equal((await session.goTo({ direction: 'backward', layer: 0 })).reason, 'exception');
    assert.equal(say((await session.step('back')).position), 'relu1');
    assert.equal(session.stop.reason, 'step');
  });

  it('is no exception where that filter is off, but it goes no further', async () => {
    const session = createSession(fakeRun(smallLayers(), { misfit }), { backward: true });
    session.setBreakpoints({ layers: [], functions: [], data: [], exceptions: [] });
    const { reason, position, text } = await session.run('onward');
    assert.deepEqual([reason, say(position), text], ['end', 'affine1', misfit.message]);
    assert.equal(say((await session.step('over')).position), 'affine1');
  });

  it('is a layer that cannot be computed: to go on is to try again', async () => {
    let broken = true;
    const before = (what: string): void => {
      if (what === 'relu1.out' && broken) throw new Error('params.pkl changed');
    };
    const session = createSession(fakeRun(smallLayers(), { before }), { backward: false });
    assert.equal((await session.run('onward')).reason, 'exception');
    assert.equal(session.stop.text, 'params.pkl changed');
    assert.equal((await session.step('over', AbortSignal.abort())).reason, 'pause');
    await session.step('out');
    assert.equal((await session.step('over')).text, 'params.pkl changed');
    broken = false;
    assert.equal((await session.step('over')).reason, 'step');
    assert.equal(say(session.stop.position), 'relu1');
  });

  it('is a pause, between layers and inside one; it stays where it has come to', async () => {
    const abort = new AbortController();
    const before = (what: string): void => {
      if (what === 'affine1.out') abort.abort();
    };
    const running: string[] = [];
    const session = createSession(fakeRun(smallLayers(), { before }), {
      backward: true,
      onRunning: position => running.push(say(position)),
    });
    assert.equal((await session.run('onward', abort.signal)).reason, 'pause');
    assert.equal(say(session.stop.position), 'relu1');
    assert.deepEqual(running, ['conv1', 'relu1', 'affine1']);
    assert.equal((await session.step('over', AbortSignal.abort())).reason, 'pause');
    assert.equal(say(session.stop.position), 'relu1');
  });

  it('makes one movement after the other', async () => {
    const { session } = start();
    const stops = await Promise.all([session.step('over'), session.step('into'), session.run('onward')]);
    assert.deepEqual(
      stops.map(({ position }) => say(position)),
      ['conv1', 'conv1/0', '<conv1'],
    );
  });
});
