import assert from 'node:assert/strict';
import { foldersBetween } from '../../../extension/pick/catalog';

describe('files near to another one', () => {
  it('are in its folder, then around it, then further away', () => {
    const names = ['hostile/cut.jpg', 'models/x.npy', 'models/test/x.npy', 'x.npy', 'a/b/x.npy'];
    const near = (name: string) => foldersBetween('models/conv.npz', name);
    assert.deepEqual(names.map(near), [2, 0, 1, 1, 3]);
  });

  it('may be named by their addresses', () => {
    assert.equal(foldersBetween('mem:/a/w.npz', 'mem:/a/x.npy'), 0);
    assert.equal(foldersBetween('mem:/a/w.npz', 'mem:/b/x.npy'), 2);
  });
});
