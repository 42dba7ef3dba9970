import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';

describe('activation', () => {
  it('registers every command that package.json contributes', async () => {
    const extension = extensions.getExtension<unknown>('cnn-tensor-inspector.cnn-tensor-inspector');
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(contributed.includes('cnnInspector.runConvLayer'));
    const registered = await commands.getCommands(true);
    assert.deepEqual(
      contributed.filter(command => !registered.includes(command)),
      [],
    );
  });
});
