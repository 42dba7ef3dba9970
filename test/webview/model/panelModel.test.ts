import assert from 'node:assert/strict';
import { explain, type Trace } from '../../../engine';
import { createPanelModel, type PanelModel } from '../../../webview/model/panelModel';
import type { LayerRun } from '../../../webview/model/layerRun';
import type { SavedState } from '../../../webview/model/viewSettings';
import {
  createClient,
  RemoteError,
  serve,
  type Handlers,
  type PanelEvents,
  type PanelRequests,
  type RunSummary,
} from '../../../webview/protocol';
import { connectedPorts } from '../connectedPorts';
import { smallTrace, summarize } from '../summaries';

interface Bench {
  readonly panel: PanelModel;
  readonly saved: SavedState[];
  readonly asked: string[];
  sendRun(run: RunSummary): void;
}

function bench(
  trace: Trace,
  change: Partial<Handlers<PanelRequests>> = {},
  saved?: Partial<SavedState>,
): Bench {
  const [near, far] = connectedPorts();
  const states: SavedState[] = [];
  const asked: string[] = [];
  const refuse = (): never => {
    throw new Error('not asked here');
  };
  const send = serve<PanelRequests, PanelEvents>(far, {
    'run/get': () => summarize(trace),
    'run/change': refuse,
    'run/again': refuse,
    'array/read': refuse,
    'array/reduce': refuse,
    'array/stats': refuse,
    'array/histogram': refuse,
    'array/save': refuse,
    'picture/save': refuse,
    'array/copy': refuse,
    'cell/explain': ({ array, index }) => {
      asked.push(`${array}[${index.join()}]`);
      return explain(trace, array, index);
    },
    ...change,
  });
  const panel = createPanelModel(createClient(near), { saved, save: state => void states.push(state) });
  return { panel, saved: states, asked, sendRun: run => send('run/changed', run) };
}

function modelOf({ panel }: Bench): LayerRun {
  const phase = panel.phase.peek();
  assert.ok(phase.kind === 'shown', phase.kind === 'failed' ? phase.reason : phase.kind);
  return phase.model;
}

const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

describe('panel model', () => {
  let trace: Trace;
  before(async () => (trace = await smallTrace({ pool: { kind: 'max', size: 2 } })));

  it('says why there is no run, and can ask again', async () => {
    let broken = true;
    const panel = bench(trace, {
      'run/get': () => {
        if (broken) throw new Error('digits.npz is gone');
        return summarize(trace);
      },
    });
    await panel.panel.load();
    assert.deepEqual(panel.panel.phase.peek(), { kind: 'failed', reason: 'digits.npz is gone' });
    broken = false;
    await panel.panel.load();
    modelOf(panel);
  });

  it('begins with a cell selected, but not pinned', async () => {
    const panel = bench(trace);
    await panel.panel.load();
    const model = modelOf(panel);
    assert.deepEqual(model.selected.peek(), { array: 'out', index: [0, 0, 2, 2] });
    assert.equal(model.pinned.peek(), false);
    assert.ok(model.links.peek()?.has('x', [0, 0, 2, 2]));
    model.dispose();
  });

  it('leaves a pinned cell where it is until it is chosen again', async () => {
    const panel = bench(trace);
    await panel.panel.load();
    const model = modelOf(panel);
    const cell = { array: 'W', index: [1, 0, 0, 0] };
    model.pin(cell);
    model.point({ array: 'x', index: [0, 0, 0, 0] });
    assert.equal(model.selected.peek(), cell);
    model.pin(cell);
    model.point({ array: 'x', index: [0, 0, 0, 0] });
    assert.equal(model.selected.peek()?.array, 'x');
    model.dispose();
  });

  it('explains the cell on which the pointer rests, not those it passes', async () => {
    const panel = bench(trace);
    await panel.panel.load();
    const model = modelOf(panel);
    for (let w = 0; w < 4; w++) model.point({ array: 'out', index: [0, 0, 0, w] });
    await wait(80);
    assert.deepEqual(panel.asked, ['out[0,0,0,3]']);
    assert.deepEqual(model.explanation.peek().value?.cell.index, [0, 0, 0, 3]);
    model.dispose();
  });

  it('explains what the step makes where it does not show the selected array, unless a cell is pinned', async () => {
    const panel = bench(trace);
    await panel.panel.load();
    const model = modelOf(panel);
    const cell = { array: 'out', index: [0, 1, 0, 0] };
    model.point(cell);
    const goTo = (operation: string): void => {
      model.cursor.value = model.run.steps.findIndex(step => step.operation === operation);
    };
    goTo('transpose');
    assert.equal(model.explained.peek(), cell);
    goTo('matmul');
    assert.deepEqual(model.explained.peek(), { array: 'dot', index: [0, 1] });
    model.pin(cell);
    assert.equal(model.explained.peek(), cell);
    model.dispose();
  });

  it('keeps the run, the step and the cell when a change is refused', async () => {
    const panel = bench(trace, {
      'run/change': () => {
        throw new RemoteError({ code: 'shape', message: 'conv: stride is 0' });
      },
    });
    await panel.panel.load();
    const model = modelOf(panel);
    await panel.panel.change({ ...model.run.request, stride: 0 });
    assert.equal(modelOf(panel), model);
    assert.equal(panel.panel.refusal.peek(), 'conv: stride is 0');
    assert.equal(panel.panel.busy.peek(), false);
    model.dispose();
  });

  it('stays at the same step and cell in another run', async () => {
    const padded = await smallTrace({ pad: 1 });
    const panel = bench(trace, { 'run/change': ({ request }) => summarize(padded, request) });
    await panel.panel.load();
    const model = modelOf(panel);
    model.cursor.value = model.run.steps.findIndex(({ operation }) => operation === 'dW');
    model.pin({ array: 'W', index: [3, 1, 2, 1] });
    await panel.panel.change({ ...model.run.request, pad: 1, pool: null });
    const next = modelOf(panel);
    assert.equal(next.run.steps[next.cursor.peek()].operation, 'dW');
    assert.deepEqual(next.selected.peek(), { array: 'W', index: [3, 1, 2, 1] });
    next.dispose();
  });

  it('shows the last of several changes, whichever is answered first', async () => {
    const panel = bench(trace, {
      'run/change': async ({ request }) => {
        await wait(request.stride === 1 ? 30 : 1);
        return summarize(trace, request);
      },
    });
    await panel.panel.load();
    const { request } = modelOf(panel).run;
    await Promise.all([
      panel.panel.change({ ...request, stride: 1 }),
      panel.panel.change({ ...request, stride: 2 }),
    ]);
    assert.equal(modelOf(panel).run.request.stride, 2);
    modelOf(panel).dispose();
  });

  it('drops a selection that the new run has no place for', async () => {
    const panel = bench(trace);
    await panel.panel.load();
    modelOf(panel).pin({ array: 'pool.out', index: [0, 0, 1, 1] });
    panel.sendRun(summarize(await smallTrace()));
    await wait(5);
    assert.equal(modelOf(panel).pinned.peek(), false);
    assert.equal(modelOf(panel).selected.peek()?.array, 'out');
    modelOf(panel).dispose();
  });

  it('saves what a reload needs, and begins from it', async () => {
    const first = bench(trace);
    await first.panel.load();
    const model = modelOf(first);
    model.cursor.value = 3;
    model.settings.colView.value = 'windows';
    model.pin({ array: 'col', index: [5, 2] });
    await wait(260);
    assert.equal(first.saved.length, 1);
    model.dispose();

    const state = structuredClone(first.saved[0]);
    const second = bench(trace, {}, state);
    await second.panel.load();
    const restored = modelOf(second);
    assert.equal(restored.cursor.peek(), 3);
    assert.equal(restored.settings.colView.peek(), 'windows');
    assert.deepEqual(restored.selected.peek(), { array: 'col', index: [5, 2] });
    assert.equal(restored.pinned.peek(), true);
    restored.dispose();
  });

  it('survives a state that an older version saved', async () => {
    const old = { request: summarize(trace).request, cursor: 999 };
    const panel = bench(trace, {}, old);
    await panel.panel.load();
    const model = modelOf(panel);
    assert.equal(model.cursor.peek(), model.run.steps.length - 1);
    model.dispose();
  });

  it('asks once for the statistics of a region', async () => {
    let times = 0;
    const panel = bench(trace, {
      'array/stats': () => {
        times++;
        throw new Error('the file is gone');
      },
    });
    await panel.panel.load();
    const model = modelOf(panel);
    const stats = model.stats('x');
    assert.equal(model.stats('x'), stats);
    await wait(5);
    assert.deepEqual([times, stats.peek()], [1, { error: 'the file is gone' }]);
    model.dispose();
  });
});
