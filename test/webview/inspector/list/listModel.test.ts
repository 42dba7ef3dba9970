import assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import { createListModel, type ListModel } from '../../../../webview/inspector/list/listModel';
import type { FileArray } from '../../../../webview/protocol';
import { fileArray } from '../files';

const NETWORK = [
  fileArray('conv1.weight', [30, 1, 5, 5]),
  fileArray('conv1.bias', [30]),
  fileArray('fc10.weight', [100, 10]),
  fileArray('fc10.bias', [10], 'float64'),
  fileArray('fc2.weight', [4320, 100]),
  fileArray('fc2.bias', [100]),
];

function listOf(arrays: readonly FileArray[], saved?: Parameters<typeof createListModel>[1]): ListModel {
  return createListModel(signal(arrays), saved);
}

/** The rows as a user sees them, two spaces for a level. */
function shown({ rows }: ListModel): string[] {
  return rows.value.map(({ item, level, open }) => {
    const mark = open === undefined ? '' : open ? '- ' : '+ ';
    return `${'  '.repeat(level - 1)}${mark}${item.label}`;
  });
}

describe('list of arrays', () => {
  it('begins with folders open, in the order of the file', () => {
    assert.deepEqual(shown(listOf(NETWORK)), [
      '- conv1',
      '  weight',
      '  bias',
      '- fc10',
      '  weight',
      '  bias',
      '- fc2',
      '  weight',
      '  bias',
    ]);
  });

  it('begins with folders closed where there are many arrays, but for a single outermost one', () => {
    const many = (prefix: string) =>
      Array.from({ length: 400 }, (_, i) => fileArray(`${prefix}${Math.floor(i / 2)}.${i}`));
    assert.equal(shown(listOf(many('layer')))[0], '+ layer0');
    assert.deepEqual(shown(listOf(many('layers.'))).slice(0, 2), ['- layers', '  + 0']);
  });

  it('sums up folders and the whole', () => {
    const { arranged } = listOf(NETWORK);
    const { items, ...totals } = arranged.value;
    assert.deepEqual(totals, { arrays: 6, elements: 433_890, byteLength: 433_890 * 4 + 40 });
    const [conv1] = items;
    assert.ok(conv1.kind === 'folder');
    assert.deepEqual([conv1.arrays, conv1.elements, conv1.byteLength], [2, 780, 3120]);
  });

  it('filters by name, shape and type, whatever the case, and sums up what is left', () => {
    const list = listOf(NETWORK);
    list.filter.value = 'FC1';
    assert.deepEqual(shown(list), ['- fc10', '  weight', '  bias']);
    assert.equal(list.arranged.value.elements, 1010);
    list.filter.value = '(100,';
    assert.deepEqual(shown(list), ['- fc10', '  weight', '- fc2', '  bias']);
    list.filter.value = 'float64';
    assert.deepEqual(shown(list), ['- fc10', '  bias']);
    list.filter.value = 'nothing';
    assert.deepEqual(shown(list), []);
  });

  it('finds arrays in closed folders, and leaves those closed when the filter goes', () => {
    const list = listOf(NETWORK);
    list.fold('conv1.', false);
    list.filter.value = 'conv1';
    assert.deepEqual(shown(list), ['- conv1', '  weight', '  bias']);
    list.fold('conv1.', false);
    assert.deepEqual(shown(list), ['+ conv1']);
    list.filter.value = 'conv';
    assert.equal(shown(list)[0], '- conv1');
    list.filter.value = '';
    assert.equal(shown(list)[0], '+ conv1');
  });

  it('sorts by name as people count', () => {
    const list = listOf(NETWORK);
    list.sortBy('name');
    assert.deepEqual(
      shown(list).filter(text => text.startsWith('-')),
      ['- conv1', '- fc2', '- fc10'],
    );
    assert.equal(shown(list)[1], '  bias');
  });

  it('sorts by size from the largest on, then from the smallest, then as in the file', () => {
    const list = listOf(NETWORK);
    const folders = () => shown(list).filter(text => text.startsWith('-'));
    list.sortBy('bytes');
    assert.deepEqual(list.sorting.value, { by: 'bytes', descending: true });
    assert.deepEqual(folders(), ['- fc2', '- fc10', '- conv1']);
    list.sortBy('bytes');
    assert.deepEqual(folders(), ['- conv1', '- fc10', '- fc2']);
    list.sortBy('bytes');
    assert.deepEqual(list.sorting.value, { by: 'file', descending: false });
    assert.deepEqual(folders(), ['- conv1', '- fc10', '- fc2']);
  });

  it('sorts by shape: fewer axes first, then by the extents; and by type', () => {
    const list = listOf(NETWORK);
    list.flat.value = true;
    list.sortBy('shape');
    assert.deepEqual(shown(list), [
      'fc10.bias',
      'conv1.bias',
      'fc2.bias',
      'fc10.weight',
      'fc2.weight',
      'conv1.weight',
    ]);
    list.sortBy('dtype');
    assert.equal(shown(list).at(-1), 'fc10.bias');
  });

  it('reveals an array: no filter hides it, its folders are open, the cursor is there', () => {
    const list = listOf(NETWORK, { filter: 'conv', folding: [['fc2.', false]] });
    list.reveal('fc2.bias');
    assert.equal(list.filter.value, '');
    assert.deepEqual(shown(list).slice(-3), ['- fc2', '  weight', '  bias']);
    assert.equal(list.rows.value.at(-1)?.id, list.cursor.value);
  });

  it('comes back as it was left', () => {
    const list = listOf(NETWORK);
    list.fold('conv1.', false);
    list.sortBy('elements');
    const again = listOf(NETWORK, structuredClone(list.state.value));
    assert.deepEqual(shown(again), shown(list));
    assert.equal(shown(again).at(-1), '+ conv1');
  });

  it('counts texts as no elements', () => {
    const texts: FileArray = { ...fileArray('labels', [3]), dtype: undefined, storedType: '<U5' };
    assert.deepEqual(listOf([texts]).arranged.value.elements, 0);
  });
});
