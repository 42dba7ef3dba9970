import assert from 'node:assert/strict';
import { basename } from 'node:path/posix';
import { Uri } from 'vscode';
import { nested } from '../../../extension/sidebar/nested';
import type { FileNode, FolderNode, NetworkNode } from '../../../extension/sidebar/treeNodes';

describe('the folders of the view CNN Tensors', () => {
  const leaf = (path: string): FileNode => {
    const uri = Uri.file(path);
    return { kind: 'file', uri, file: uri.toString() };
  };
  const root = (path: string) => ({ uri: Uri.file(path), name: basename(path) });
  /** Folders as `label: [what is in them]`. */
  const outline = (nodes: readonly (FolderNode | FileNode | NetworkNode)[]): unknown[] =>
    nodes.map(node =>
      node.kind === 'folder' ? { [node.label]: outline(node.children) } : basename(node.uri.path),
    );
  const tree = (paths: string[], ...roots: string[]) =>
    nested(paths.map(leaf), { roots: roots.map(root), isExpanded: true });

  it('are nested, before the files, in one line where one holds nothing but the next', () => {
    const paths = [
      '/ws/a.npy',
      '/ws/real/onnx/node/test_1/x.onnx',
      '/ws/real/onnx/node/test_2/x.onnx',
      '/ws/real/onnx/node/test_2/y.onnx',
      '/ws/z/deep/er/z.npy',
    ];
    const nodes = tree(paths, '/ws');
    assert.deepEqual(outline(nodes), [
      { 'real/onnx/node': [{ test_1: ['x.onnx'] }, { test_2: ['x.onnx', 'y.onnx'] }] },
      { 'z/deep/er': ['z.npy'] },
      'a.npy',
    ]);
    assert.deepEqual(
      nodes.map(({ uri }) => uri.path),
      ['/ws/real/onnx/node', '/ws/z/deep/er', '/ws/a.npy'],
    );
  });

  it('stay apart where one holds files of its own', () => {
    const nodes = tree(['/ws/a/b/one.npy', '/ws/a/two.npy'], '/ws');
    assert.deepEqual(outline(nodes), [{ a: [{ b: ['one.npy'] }, 'two.npy'] }]);
  });

  it('begin with those of the workspace where there are several, the nearest for each file', () => {
    const nodes = tree(['/one/a/x.npy', '/one/in/y.npy', '/onefold/z.npy'], '/one', '/one/in', '/empty');
    assert.deepEqual(outline(nodes), [{ one: [{ a: ['x.npy'] }] }, { in: ['y.npy'] }]);
  });

  it('may have any names', () => {
    const nodes = tree(['/ws/__proto__/x.npy', '/ws/constructor/y.npy'], '/ws');
    assert.equal(
      nodes.map(node => (node.kind === 'folder' ? node.label : '')).join(),
      '__proto__,constructor',
    );
  });
});
