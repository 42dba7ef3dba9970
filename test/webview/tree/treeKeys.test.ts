import assert from 'node:assert/strict';
import { treeStep } from '../../../webview/tree/treeKeys';
import { treeRows } from '../../../webview/tree/treeRows';

interface Node {
  readonly name: string;
  readonly children?: readonly Node[];
}

const TREE: readonly Node[] = [
  { name: 'conv', children: [{ name: 'W' }, { name: 'b' }] },
  { name: 'fc', children: [{ name: 'W' }] },
  { name: 'mean' },
];

const rows = treeRows(TREE, {
  idOf: ({ name }, _, parent) => `${parent}/${name}`,
  childrenOf: ({ children }) => children ?? [],
  isOpen: (_, id) => id === '/conv',
});

const press = (key: string, at: number, more: Partial<KeyboardEvent> = {}) =>
  treeStep(
    { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more } as KeyboardEvent,
    rows,
    at,
    3,
  );

describe('tree rows', () => {
  it('are the nodes in open ones, with their place', () => {
    assert.deepEqual(
      rows.map(({ id, level, place, siblings, parent, open }) => [id, level, place, siblings, parent, open]),
      [
        ['/conv', 1, 1, 3, -1, true],
        ['/conv/W', 2, 1, 2, 0, undefined],
        ['/conv/b', 2, 2, 2, 0, undefined],
        ['/fc', 1, 2, 3, -1, false],
        ['/mean', 1, 3, 3, -1, undefined],
      ],
    );
  });
});

describe('tree keys', () => {
  it('move up and down, by pages, and to the ends', () => {
    assert.deepEqual(press('ArrowDown', -1), { kind: 'go', to: 0 });
    assert.deepEqual(press('ArrowDown', 4), { kind: 'go', to: 4 });
    assert.deepEqual(press('ArrowUp', 1), { kind: 'go', to: 0 });
    assert.deepEqual(press('PageDown', 1), { kind: 'go', to: 3 });
    assert.deepEqual(press('PageUp', 4), { kind: 'go', to: 2 });
    assert.deepEqual(press('Home', 3), { kind: 'go', to: 0 });
    assert.deepEqual(press('End', 0), { kind: 'go', to: 4 });
  });

  it('go in and out of a node: first open, then to the first child; first close, then to the node around', () => {
    assert.deepEqual(press('ArrowRight', 3), { kind: 'fold', open: true });
    assert.deepEqual(press('ArrowRight', 0), { kind: 'go', to: 1 });
    assert.equal(press('ArrowRight', 4), undefined);
    assert.deepEqual(press('ArrowLeft', 2), { kind: 'go', to: 0 });
    assert.deepEqual(press('ArrowLeft', 0), { kind: 'fold', open: false });
    assert.equal(press('ArrowLeft', 3), undefined);
  });

  it('open, and ask what can be done', () => {
    assert.deepEqual(press('Enter', 1), { kind: 'act' });
    assert.deepEqual(press('ContextMenu', 1), { kind: 'menu' });
    assert.deepEqual(press('F10', 1, { shiftKey: true }), { kind: 'menu' });
    assert.equal(press('F10', 1), undefined);
  });

  it('leave others to the page, and all of them where there are no rows', () => {
    assert.equal(press('ArrowDown', 1, { ctrlKey: true }), undefined);
    assert.equal(press('x', 1), undefined);
    assert.equal(treeStep({ key: 'ArrowDown' } as KeyboardEvent, [], -1, 3), undefined);
  });
});
