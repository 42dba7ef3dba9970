import assert from 'node:assert/strict';
import { arrayOf, type Session } from '../../../engine';
import {
  createNetworkModel,
  type NetworkModel,
  type SavedNetwork,
} from '../../../webview/network/networkModel';
import { progressOf, layerRows, stateOnTheWay } from '../../../webview/network/layerRows';
import { stepActions } from '../../../webview/network/steps';
import {
  createClient,
  serve,
  type Handlers,
  type NetworkEvents,
  type NetworkRequests,
  type SessionAction,
  type ShownSession,
} from '../../../webview/protocol';
import { connectedPorts } from '../connectedPorts';
import { smallSession, stateOf, summaryOf } from './sessions';

const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

interface Bench {
  readonly model: NetworkModel;
  readonly session: Session;
  readonly asked: string[];
  readonly saved: SavedNetwork[];
  readonly actions: SessionAction[];
  tell: (change?: Partial<ShownSession>) => void;
  send: ReturnType<typeof serve<NetworkRequests, NetworkEvents>>;
}

function bench(change: Partial<Handlers<NetworkRequests>> = {}): Bench {
  const [near, far] = connectedPorts();
  const session = smallSession();
  const asked: string[] = [];
  const saved: SavedNetwork[] = [];
  const actions: SessionAction[] = [];
  const refuse = (): never => {
    throw new Error('not asked here');
  };
  const send = serve<NetworkRequests, NetworkEvents>(far, {
    'session/get': () => stateOf(session),
    'session/do': async ({ action }) => {
      actions.push(action);
      if (action.kind === 'goTo') await session.goTo(action.position);
      else if (action.kind === 'step') await session.step(action.step);
      tell();
    },
    'session/pause': () => undefined,
    'layer/get': ({ layer }) => {
      asked.push(`layer ${layer}`);
      if (layer >= 0) return summaryOf(session.networkRun.layer(layer));
      const info = {
        name: 'out',
        dtype: 'float64',
        shape: [1, 1, 6, 6],
        role: 'x',
        arrangements: {},
      } as const;
      return { layers: [], steps: [], arrays: [info] };
    },
    'cell/explain': ({ array, index }) => {
      asked.push(`${array}[${index.join()}]`);
      const [layer, name] = array.split('.');
      const at = session.networkRun.network.layers.findIndex(candidate => candidate.name === layer);
      const { arrays } = session.networkRun.layer(at).trace;
      return arrayOf({ arrays }, name).explain(index);
    },
    'array/read': refuse,
    'array/reduce': refuse,
    'array/stats': refuse,
    'array/histogram': refuse,
    'array/save': refuse,
    'array/copy': refuse,
    'picture/save': refuse,
    'problem/fix': refuse,
    'layer/reveal': refuse,
    ...change,
  });
  const tell = (changed: Partial<ShownSession> = {}): void => {
    const { layers, ...move } = stateOf(session, changed);
    send('session/moved', changed.layers ? { ...move, layers } : move);
  };
  const model = createNetworkModel(createClient(near), {
    saved: undefined,
    save: state => void saved.push(state),
  });
  return { model, session, asked, saved, actions, tell, send };
}

async function shown(b: Bench): Promise<Bench> {
  await b.model.load();
  await wait(5);
  return b;
}

describe('network model', () => {
  it('says why there is no session, and can ask again', async () => {
    let broken = true;
    const { model } = bench({
      'session/get': () => {
        if (broken) throw new Error('line 3: expected ]');
        return stateOf(smallSession());
      },
    });
    await model.load();
    assert.deepEqual(model.phase.peek(), { kind: 'failed', reason: 'line 3: expected ]' });
    broken = false;
    await model.load();
    assert.equal(model.phase.peek().kind, 'shown');
  });

  it('asks for a layer once, and for its arrays by the name of the layer', async () => {
    const { model, asked } = await shown(bench());
    await model.goTo({ direction: 'forward', layer: 0 });
    await wait(5);
    await model.goTo({ direction: 'forward', layer: 0, operation: 0 });
    await wait(60);
    assert.deepEqual(
      asked.filter(text => text.startsWith('layer')),
      ['layer -1', 'layer 0'],
    );
    assert.ok(
      asked.some(text => text.startsWith('conv1.out[')),
      asked.join(),
    );
    const layer = model.layer.peek().value;
    assert.equal(layer?.name, 'conv1');
    assert.equal(layer.run.steps[layer.cursor.peek() ?? -1].operation, 'im2col');
  });

  it('keeps the layers it was told of while only the place changes', async () => {
    const { model, tell } = await shown(bench());
    const layers = model.state.peek()?.layers;
    tell({ position: { direction: 'forward', layer: 1 } });
    await wait(5);
    assert.equal(model.state.peek()?.layers, layers);
    assert.equal(model.state.peek()?.position.layer, 1);
  });

  it('asks for the layer again when the run is another one', async () => {
    const { tell, asked } = await shown(bench());
    tell({ run: 2 });
    await wait(5);
    assert.deepEqual(
      asked.filter(text => text.startsWith('layer')),
      ['layer -1', 'layer -1'],
    );
  });

  it('says how far it is, and why it stopped', async () => {
    const { model, send, tell } = await shown(bench());
    send('session/running', { layer: 2, direction: 'forward' });
    await wait(5);
    assert.deepEqual(model.running.peek(), { layer: 2, direction: 'forward' });
    tell();
    await wait(5);
    assert.equal(model.running.peek(), undefined);
    send('session/stopped', { reason: 'out of memory' });
    await wait(5);
    assert.equal(model.stopped.peek(), 'out of memory');
    tell({ run: 2 });
    await wait(5);
    assert.equal(model.stopped.peek(), undefined);
  });

  it('tells why a movement is refused, until the next one', async () => {
    const refuses = bench({
      'session/do': ({ action }) => {
        if (action.kind === 'batch') throw new Error('digits.npz has 100 samples');
      },
    });
    const { model } = await shown(refuses);
    await model.act({ kind: 'batch', size: 1000 });
    assert.equal(model.refusal.peek(), 'digits.npz has 100 samples');
    await model.act({ kind: 'restart' });
    assert.equal(model.refusal.peek(), undefined);
  });

  it('steps into the cell that is chosen, and pins it while its terms are added', async () => {
    const { model, actions } = await shown(bench());
    const operation = 2; // matmul
    await model.goTo({ direction: 'forward', layer: 0, operation });
    await wait(10);
    const layer = model.layer.peek().value;
    assert.equal(layer?.run.steps[operation].operation, 'matmul');
    layer.point({ array: 'dot', index: [3, 1] });
    await model.stepInto();
    await wait(10);
    const cell = { array: 'dot', index: [3, 1], term: 1 };
    assert.deepEqual(actions.at(-1), {
      kind: 'goTo',
      position: { direction: 'forward', layer: 0, operation, cell },
    });
    assert.equal(layer.pinned.peek(), true);
    await model.act({ kind: 'step', step: 'out' });
    await wait(10);
    assert.equal(layer.pinned.peek(), false);
  });

  it('saves what finds the session again after a reload', async () => {
    const { model, saved } = await shown(bench());
    await model.goTo({ direction: 'forward', layer: 1 });
    await wait(60);
    const { uri, position, backward, batch } = saved.at(-1) ?? assert.fail('nothing was saved');
    assert.deepEqual(
      { uri, position, backward, batch },
      {
        uri: 'file:///small.cnn.json',
        position: { direction: 'forward', layer: 1 },
        backward: false,
        batch: 1,
      },
    );
  });

  it('offers no step beyond the ends, and only a restart once the worker has ended', async () => {
    const { model, send } = await shown(bench());
    const enabled = (change: Partial<ShownSession> = {}): string[] => {
      const state = { ...(model.state.peek() ?? assert.fail('no state')), ...change };
      return stepActions(model, state)
        .filter(({ disabled }) => !disabled)
        .map(({ id }) => id);
    };
    assert.deepEqual(enabled(), ['continue', 'stepOver', 'stepInto', 'restart']);
    const end = { direction: 'forward', layer: 3 } as const;
    assert.deepEqual(enabled({ position: end }), ['stepInto', 'stepBack', 'reverse', 'restart']);
    assert.ok(enabled({ position: end, backward: true }).includes('continue'));
    send('session/stopped', { reason: 'exit code 1' });
    await wait(5);
    assert.deepEqual(enabled(), ['restart']);
  });

  it('marks how far each layer has come', () => {
    const state = stateOf(smallSession(), { ran: 4, ranBackward: 1 });
    const broken = state.layers.map((layer, i) => (i === 2 ? { ...layer, broken: true } : layer));
    const progress = (change: Partial<ShownSession>): string[] =>
      layerRows(change.layers ?? state.layers).map(({ item }) => progressOf(item, { ...state, ...change }));
    assert.deepEqual(progress({}), ['forward', 'forward', 'forward', 'forward', 'back']);
    const running = { ran: 1, ranBackward: 0 };
    const forward = stateOnTheWay({ ...state, ...running }, { layer: 2, direction: 'forward' });
    assert.deepEqual(progress(forward), ['forward', 'forward', 'forward', 'notYet', 'notYet']);
    const backward = stateOnTheWay({ ...state, ...running }, { layer: 1, direction: 'backward' });
    assert.deepEqual(progress(backward), ['forward', 'forward', 'forward', 'back', 'back']);
    assert.deepEqual(progress(stateOnTheWay(state, { layer: 1, direction: 'forward' })), progress({}));
    assert.equal(stateOnTheWay(state, undefined), state);
    assert.deepEqual(progress({ ran: 2, ranBackward: 0, layers: broken }), [
      'forward',
      'forward',
      'forward',
      'broken',
      'notYet',
    ]);
  });
});
