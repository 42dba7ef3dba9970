import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Uri } from 'vscode';
import { fileBeside, mayBeRead } from '../../../extension/workspace/fileBeside';
import { scratchFolder } from '../support';

describe('files that a network names', () => {
  const files = scratchFolder();
  const network = () => Uri.file(join(files.folder, 'nets', 'network.cnn.json'));
  const isRead = (path: string, isTrusted: boolean): boolean =>
    mayBeRead(network(), fileBeside(network(), path), isTrusted);

  for (const path of ['params.pkl', './params.pkl', 'deep/params.pkl', 'deep/../params.pkl']) {
    it(`are read from its own folder, trusted or not: ${path}`, () => {
      assert.ok(isRead(path, false));
      assert.ok(isRead(path, true));
    });
  }

  for (const path of [
    '../params.pkl',
    '../../../etc/passwd',
    '/etc/passwd',
    'a/../../nets2/params.pkl',
    '..',
  ]) {
    it(`are read from elsewhere only where the workspace is trusted: ${path}`, () => {
      assert.equal(isRead(path, false), false);
      assert.ok(isRead(path, true));
    });
  }
});
