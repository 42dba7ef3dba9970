import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, Uri, window } from 'vscode';
import { parseNetwork } from '../../engine';
import { closeAll, problems, sample } from './language/support';
import { scratchFolder } from './support';

describe('Create Network from Parameters', () => {
  const scratch = scratchFolder();
  afterEach(closeAll);

  it("proposes the book's SimpleConvNet for its parameters, as a file that is not saved yet", async () => {
    const params = join(scratch.folder, 'trained.pkl');
    copyFileSync(sample('params.pkl').fsPath, params);
    await commands.executeCommand('cnnInspector.createNetwork', Uri.file(params));
    const { document } = window.activeTextEditor!;
    assert.equal(
      document.uri.toString(),
      Uri.file(join(scratch.folder, 'trained.cnn.json')).with({ scheme: 'untitled' }).toString(),
    );
    const { network, faults } = parseNetwork(document.getText());
    assert.deepEqual(faults, []);
    assert.deepEqual(network.params, ['trained.pkl']);
    assert.deepEqual(
      network.layers.map(({ type }) => type),
      ['conv', 'relu', 'maxpool', 'affine', 'relu', 'affine', 'softmax'],
    );
    await problems(document, found => found.length === 0);
  });

  it('opens nothing where a file has no weights', async () => {
    const file = scratch.array('numbers', [10]);
    const before = window.activeTextEditor;
    await commands.executeCommand('cnnInspector.createNetwork', Uri.file(file));
    await commands.executeCommand('notifications.clearAll');
    assert.equal(window.activeTextEditor, before);
  });
});
