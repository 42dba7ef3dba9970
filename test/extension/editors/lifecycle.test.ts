import assert from 'node:assert/strict';
import { join } from 'node:path';
import { TabInputCustom, Uri, window, commands } from 'vscode';
import { api, extensionPath, fixture, scratchFolder, until } from '../support';
import { ask, closeEditors, inspect, open, refused, valuesOf } from './support';

describe('editors of files of arrays, opened and closed', () => {
  const files = scratchFolder();
  afterEach(closeEditors);

  it('are what VS Code opens a file of arrays with, but not a picture or JSON', async () => {
    const viewTypeOf = async (name: string) => {
      await commands.executeCommand('vscode.open', Uri.file(join(extensionPath, name)));
      const input = window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof TabInputCustom ? input.viewType : undefined;
    };
    assert.equal(await viewTypeOf('extension/samples/digits.npz'), 'cnnInspector.tensorFile');
    assert.equal(await viewTypeOf('extension/samples/params.pkl'), 'cnnInspector.tensorFile');
    assert.equal(
      await viewTypeOf('extension/samples/digits-labels-idx1-ubyte.gz'),
      'cnnInspector.tensorFile',
    );
    assert.notEqual(await viewTypeOf('extension/samples/photo.png'), 'cnnInspector.otherFile');
    assert.equal(await viewTypeOf('package.json'), undefined);
  });

  it('open the file of the active tab', async () => {
    const uri = Uri.file(files.write('list.json', '[[1, 2], [3, 4]]'));
    await commands.executeCommand('vscode.open', uri);
    await commands.executeCommand('cnnInspector.inspectTensors');
    await until(async () => (await api()).editors().length === 1);
    assert.deepEqual(await valuesOf((await api()).editors()[0], 'list'), [1, 2, 3, 4]);
  });

  it('are of the type that package.json gives the name to', async () => {
    const viewTypeOf = async (name: string) => {
      await inspect(fixture(name));
      const input = window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof TabInputCustom ? input.viewType : undefined;
    };
    assert.equal(await viewTypeOf('npz/stored.npz'), 'cnnInspector.tensorFile');
    assert.equal(await viewTypeOf('onnx/external.onnx'), 'cnnInspector.otherFile');
  });

  it('are filled soon after they are opened', async () => {
    const start = performance.now();
    await open(await inspect(join(extensionPath, 'extension/samples/digits.npz')));
    const taken = performance.now() - start;
    console.log(`      opened and read in ${Math.round(taken)} ms`);
    assert.ok(taken < 3000, `${taken} ms`);
  });

  it('begin anew with what they are given, as after a reload of the window', async () => {
    const file = files.array('again', [3]);
    const before = await open(await inspect(file));
    await closeEditors();
    assert.deepEqual(await open(await inspect(file)), before);
  });

  it('reject what is asked of them once they are closed', async () => {
    const editor = await inspect(files.array('closed', [3]));
    await open(editor);
    await closeEditors();
    const message = await refused(ask(editor, 'array/stats', { array: '0' }));
    assert.match(message, /the file was closed/);
  });

  it('leave no memory behind: 100 of them', async function () {
    this.timeout(180_000);
    const file = join(extensionPath, 'extension/samples/digits.npz');
    const cycle = async (): Promise<void> => {
      await open(await inspect(file));
      await closeEditors();
    };
    for (let i = 0; i < 10; i++) await cycle();
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 100; i++) await cycle();
    await new Promise(resolve => setTimeout(resolve, 1000));
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    console.log(`      100 editors opened and closed: ${grown.toFixed(1)} MiB more`);
    assert.ok(grown < 60, `${grown} MiB`);
  });
});
