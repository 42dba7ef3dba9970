import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldersOf, nameTree, type NameNode } from '../../../../webview/inspector/list/nameTree';

/** `conv1 > (weight, bias)` */
function written(nodes: readonly NameNode[]): string {
  return nodes
    .map(node => (node.kind === 'array' ? node.label : `${node.label} > (${written(node.children)})`))
    .join(', ');
}

function walk(
  nodes: readonly NameNode[],
  visit: (node: NameNode, around: string, depth: number) => void,
): void {
  const inside = (siblings: readonly NameNode[], around: string, depth: number): void =>
    siblings.forEach(node => {
      visit(node, around, depth);
      if (node.kind === 'folder') inside(node.children, node.path, depth + 1);
    });
  inside(nodes, '', 0);
}

describe('name tree', () => {
  it('has a folder for what names share', () => {
    assert.equal(
      written(nameTree(['conv1.weight', 'conv1.bias', 'fc.weight', 'fc.bias'])),
      'conv1 > (weight, bias), fc > (weight, bias)',
    );
  });

  it('has no folder where names share nothing', () => {
    assert.equal(written(nameTree(['W1', 'b1', 'W2.T', 'conv/kernel'])), 'W1, b1, W2.T, conv/kernel');
  });

  it('makes one folder of folders that hold nothing else', () => {
    assert.equal(
      written(nameTree(['model.layers.0.w', 'model.layers.0.b', 'model.layers.1.w'])),
      'model.layers > (0 > (w, b), 1.w)',
    );
  });

  it('keeps an array apart from the folder of its name', () => {
    assert.equal(written(nameTree(['a', 'a.b', 'a.c', 'a.'])), 'a, a > (b, c), a.');
  });

  it('takes several separators for one, and none at an end', () => {
    assert.deepEqual(foldersOf('/conv1//kernel:0/'), ['/conv1//']);
    assert.deepEqual(foldersOf('..'), []);
    assert.deepEqual(foldersOf(''), []);
    assert.deepEqual(foldersOf('a./.b/c'), ['a./.', 'a./.b/']);
  });

  it('keeps names that are words of JavaScript', () => {
    assert.equal(
      written(nameTree(['__proto__.constructor', '__proto__.x', 'constructor', 'toString.__proto__'])),
      '__proto__ > (constructor, x), constructor, toString.__proto__',
    );
  });

  it('shows every name once, inside folders that it begins with and that hold several', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/', '\u0000'), maxLength: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 40 }), names => {
        const seen: number[] = [];
        walk(nameTree(names), (node, around) => {
          if (node.kind === 'folder') {
            assert.ok(node.path.startsWith(around) && node.path.length > around.length);
            assert.ok(node.children.length >= 2);
          } else {
            seen.push(node.position);
            assert.equal(around + node.label, names[node.position]);
          }
        });
        assert.deepEqual(
          seen.sort((a, b) => a - b),
          [...names.keys()],
        );
      }),
    );
  });

  it('takes 50,000 names of hundreds of parts, sixteen folders deep', () => {
    const names = Array.from({ length: 50_000 }, (_, i) => `${'a.'.repeat(i % 200)}${i}.`.repeat(3));
    let deepest = 0;
    let arrays = 0;
    walk(nameTree(names), (node, _, depth) => {
      deepest = Math.max(deepest, depth);
      if (node.kind === 'array') arrays++;
    });
    assert.equal(arrays, names.length);
    assert.ok(deepest <= 16, `${deepest}`);
  }).timeout(10_000);
});
