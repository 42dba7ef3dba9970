import assert from 'node:assert/strict';
import { commands, extensions, Uri, workspace } from 'vscode';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly image: string } }[];
    }[];
  };
}

describe('activation', () => {
  const activated = async () => {
    const extension = extensions.getExtension<unknown>('cnn-tensor-inspector.cnn-tensor-inspector');
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    const { contributes } = extension.packageJSON as Manifest;
    return {
      contributes,
      extensionUri: extension.extensionUri,
      registered: await commands.getCommands(true),
    };
  };

  it('registers every command that package.json contributes', async () => {
    const { contributes, registered } = await activated();
    const contributed = contributes.commands.map(({ command }) => command);
    assert.ok(contributed.includes('cnnInspector.runConvLayer'));
    assert.deepEqual(
      contributed.filter(command => !registered.includes(command)),
      [],
    );
  });

  it('has what the buttons and the pictures of the walkthrough need', async () => {
    const { contributes, extensionUri, registered } = await activated();
    const [{ steps }] = contributes.walkthroughs;
    for (const { description, media } of steps) {
      const buttons = [...description.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command);
      assert.ok(buttons.length > 0, description);
      assert.deepEqual(
        buttons.filter(command => !registered.includes(command)),
        [],
      );
      assert.ok((await workspace.fs.stat(Uri.joinPath(extensionUri, media.image))).size > 0);
    }
  });
});
