import assert from 'node:assert/strict';
import { Uri, workspace } from 'vscode';
import { createTensorTree, type TensorTree } from '../../../extension/sidebar/tensorTree';

describe('the tree of the view CNN Tensors', () => {
  const folder = workspace.workspaceFolders![0].uri;
  let files: string[];
  let searches: number;
  let changes: number;
  let tree: TensorTree;
  beforeEach(() => {
    [files, searches, changes] = [['a.npy', 'b.npy'], 0, 0];
    tree = createTensorTree({
      findFiles() {
        searches++;
        return Promise.resolve({ files: files.map(name => Uri.joinPath(folder, name)), isCut: false });
      },
      list: () => Promise.reject(new Error('is not asked for')),
    });
    tree.onDidChangeTreeData!(() => changes++);
  });
  const listed = async () =>
    (await tree.getChildren())!.map(node => ('uri' in node ? node.uri.path.slice(-5) : ''));

  it('looks for files once it is shown, and not before', async () => {
    await tree.findAgain();
    assert.equal(searches, 0);
    assert.deepEqual(await listed(), ['a.npy', 'b.npy']);
    await listed();
    assert.equal(searches, 1);
  });

  it('lists anew where there are other files', async () => {
    await listed();
    files.pop();
    await tree.findAgain();
    assert.equal(changes, 1);
    assert.deepEqual(await listed(), ['a.npy']);
  });

  it('stays as it is where the files are those it has listed, so that no click is lost', async () => {
    await listed();
    await tree.findAgain();
    assert.equal(changes, 0);
  });

  it('ends with the newest files when they change while it looks for them', async () => {
    await listed();
    files.push('c.npy');
    const looking = tree.findAgain();
    files.push('d.npy');
    await Promise.all([looking, tree.findAgain()]);
    assert.deepEqual(await listed(), ['a.npy', 'b.npy', 'c.npy', 'd.npy']);
  });

  it('knows which files are listed, and in which folders', async () => {
    await listed();
    assert.ok(tree.lists(Uri.joinPath(folder, 'a.npy')));
    assert.ok(tree.lists(folder));
    assert.ok(!tree.lists(Uri.joinPath(folder, 'c.npy')));
    assert.ok(!tree.lists(Uri.joinPath(folder, 'a')));
  });

  it('looks again, and lists all anew, when it is asked to', async () => {
    await listed();
    tree.refresh();
    await listed();
    assert.deepEqual([searches, changes], [2, 1]);
  });
});
