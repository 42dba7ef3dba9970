import assert from 'node:assert/strict';
import {
  createInspectorModel,
  type InspectorModel,
  type InspectorState,
} from '../../../webview/inspector/inspectorModel';
import {
  packSummary,
  type Handlers,
  type OpeningResult,
  type TensorFileRequests,
} from '../../../webview/protocol';
import { eventually } from '../../ui/eventually';
import { fakeHost } from './fakeHost';
import { fileArray, fileOf } from './files';

const FILE = fileOf([fileArray('conv.W'), fileArray('conv.b'), fileArray('fc.W')]);
const RAW: OpeningResult = { kind: 'raw', file: 'weights.bin', size: 24 };

function bench(handlers: Partial<Handlers<TensorFileRequests>>, saved?: Partial<InspectorState>) {
  const states: InspectorState[] = [];
  const { client, send } = fakeHost({
    'file/open': () => ({ kind: 'arrays', summary: packSummary(FILE) }),
    ...handlers,
  });
  const model = createInspectorModel(client, { saved, save: state => void states.push(state) });
  return { model, states, send };
}

async function loaded(handlers: Partial<Handlers<TensorFileRequests>> = {}, saved?: Partial<InspectorState>) {
  const made = bench(handlers, saved);
  await made.model.load();
  return made;
}

const kindOf = ({ phase }: InspectorModel): string => phase.value.kind;

describe('model of a tensor file on show', () => {
  it('shows the first array', async () => {
    const { model } = await loaded();
    assert.deepEqual(model.phase.value, { kind: 'shown', file: FILE });
    assert.deepEqual([model.selected.value, model.position.value], ['conv.W', 0]);
  });

  it('says why there is nothing to show, and tries again', async () => {
    let isThere = false;
    const { model } = await loaded({
      'file/open': () => {
        if (!isThere) throw new Error('npz: the file is truncated');
        return { kind: 'arrays', summary: packSummary(FILE) };
      },
    });
    assert.deepEqual(model.phase.value, { kind: 'failed', reason: 'npz: the file is truncated' });
    isThere = true;
    const again = model.load();
    assert.equal(kindOf(model), 'loading');
    await again;
    assert.equal(kindOf(model), 'shown');
  });

  it('asks how raw bytes are to be read until the answer can be used', async () => {
    const layout = { dtype: 'float32', shape: [6], offset: 0, order: 'C', littleEndian: true } as const;
    const { model } = await loaded({
      'file/open': () => RAW,
      'file/raw': ({ layout: { shape } }) => {
        if (shape[0] !== 6) throw new Error('raw: does not fit');
        return packSummary(FILE);
      },
    });
    assert.deepEqual(model.phase.value, { kind: 'raw', question: RAW });
    await model.answerRaw({ ...layout, shape: [7] });
    assert.deepEqual(model.phase.value, { kind: 'raw', question: RAW, refusal: 'raw: does not fit' });
    await model.answerRaw(layout);
    assert.equal(kindOf(model), 'shown');
  });

  it('marks what changed on disk until it has been looked at', async () => {
    const { model, send } = await loaded();
    const replaced = fileOf([fileArray('new'), ...FILE.arrays]);
    send('file/replaced', {
      summary: packSummary(replaced),
      changed: ['new', 'conv.W', 'gone'],
      isCompared: true,
    });
    await eventually(() => assert.deepEqual([...model.changed.value], ['new', 'conv.W']));
    assert.deepEqual([model.selected.value, model.position.value], ['conv.W', 1]);
    model.select('fc.W');
    assert.deepEqual([...model.changed.value], ['new']);
    model.select('new');
    assert.deepEqual([...model.changed.value], []);
  });

  it('says that a file has changed of which nothing was known yet, until an array is looked at', async () => {
    const { model, send } = await loaded();
    send('file/replaced', { summary: packSummary(FILE), changed: [], isCompared: false });
    await eventually(() => assert.equal(model.changedSomehow.value, true));
    model.select('fc.W');
    assert.equal(model.changedSomehow.value, false);
  });

  it('shows the first array where the one on show is no longer there', async () => {
    const { model, send } = await loaded();
    send('file/replaced', {
      summary: packSummary(fileOf([fileArray('other')])),
      changed: [],
      isCompared: true,
    });
    await eventually(() => assert.equal(model.selected.value, 'other'));
  });

  it('keeps what it shows of a file that is lost, and says so until it is back', async () => {
    const { model, send } = await loaded();
    send('file/lost', { reason: 'params.npz was deleted' });
    await eventually(() => assert.equal(model.lost.value, 'params.npz was deleted'));
    assert.equal(kindOf(model), 'shown');
    send('file/replaced', { summary: packSummary(FILE), changed: [], isCompared: true });
    await eventually(() => assert.equal(model.lost.value, undefined));
  });

  it('opens a changed file that has a question again, and keeps what it shows where that fails', async () => {
    const answers = [FILE, fileOf([fileArray('conv.W')])];
    const { model, send } = await loaded({
      'file/open': () => {
        const summary = answers.shift();
        if (!summary) throw new Error('gif: the image is damaged');
        return { kind: 'arrays', summary: packSummary(summary) };
      },
    });
    send('file/reopen', undefined);
    const shown = (): number | undefined =>
      model.phase.value.kind === 'shown' ? model.phase.value.file.arrays.length : undefined;
    await eventually(() => assert.equal(shown(), 1));
    send('file/reopen', undefined);
    await eventually(() => assert.equal(model.lost.value, 'gif: the image is damaged'));
    assert.equal(shown(), 1);
  });

  it('shows the array that was asked for before the file was open', async () => {
    const { model, send } = bench({});
    send('array/show', { name: 'fc.W' });
    await eventually(() => assert.equal(model.selected.value, 'fc.W'));
    await model.load();
    assert.equal(model.position.value, 2);
  });

  it('comes back as it was left', async () => {
    const { model, states } = await loaded();
    model.select('fc.W');
    model.list.filter.value = 'fc';
    model.layout.value = { ...model.layout.value, beside: 0.6 };
    await eventually(() => assert.equal(states.at(-1)?.layout.beside, 0.6));
    const again = await loaded({}, structuredClone(states.at(-1)));
    assert.equal(again.model.selected.value, 'fc.W');
    assert.equal(again.model.list.filter.value, 'fc');
    assert.equal(again.model.layout.value.beside, 0.6);
  });

  it('saves nothing while there is nothing on show', async () => {
    const { states } = await loaded({ 'file/open': () => RAW }, { selected: 'fc.W' });
    await new Promise(resolve => setTimeout(resolve, 60));
    assert.deepEqual(states, []);
  });
});
