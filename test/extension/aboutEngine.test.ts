import assert from 'node:assert/strict';
import { commands, window, workspace, type CodeLens, type TextDocument } from 'vscode';
import { api, runLayer, scratchPanels, until } from './support';

const ABOUT = 'cnnInspector.aboutEngine';

describe('CNN: About the Engine', () => {
  const files = scratchPanels();
  const settings = () => workspace.getConfiguration('cnnInspector.engine');
  const set = (name: string, value: unknown) => settings().update(name, value, true);
  before(api);
  afterEach(async () => {
    await set('threads', undefined);
    await set('arithmetic', undefined);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  const about = async (): Promise<TextDocument> => {
    await commands.executeCommand(ABOUT);
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'cnn-engine');
    return document;
  };

  it('says which kernels compute, on how many threads, and how much memory they have', async () => {
    const text = (await about()).getText();
    assert.match(text, /^# CNN Engine\n\n- \*\*Kernels\*\*: WebAssembly with (relaxed )?SIMD: /);
    assert.match(text, /\*\*Sums of float32 arrays\*\*: exact: in float64/);
    assert.match(text, /\*\*Threads\*\*: \d+, on \d+ cores/);
    assert.match(text, /\*\*Memory of the kernels\*\*: layers \d/);
    assert.match(text, /\*\*Speed\*\*: not measured yet/);
    assert.ok(text.includes(`Node.js ${process.versions.node}, V8 ${process.versions.v8}`));
  });

  it('measures the speed when it is asked to', async () => {
    const document = await about();
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['$(dashboard) Measure Speed', '$(refresh) Refresh'],
    );
    await commands.executeCommand(lenses[0].command!.command);
    await until(() => /\*\*Speed\*\*: \d+\.\d GFLOP\/s/.test(document.getText()));
  });

  it('follows the settings, of which a run with fast sums tells', async () => {
    await set('threads', 1);
    await set('arithmetic', 'fast');
    const document = await about();
    await until(() => /fast: in float32/.test(document.getText()));
    assert.match(document.getText(), /\*\*Threads\*\*: 1, on/);

    const request = {
      weights: { file: files.full('W', [1, 1, 2, 2], 0.5, 'float32') },
      input: { file: files.array('x', [1, 1, 3, 3], undefined, 'float32') },
    };
    const fast = /^Sums of float32 arrays run in float32/;
    const notesOf = async () => (await runLayer(request)).summary.notes;
    assert.equal((await notesOf()).filter(note => fast.test(note)).length, 1);
    await set('arithmetic', 'exact');
    assert.equal((await notesOf()).filter(note => fast.test(note)).length, 0);
  });

  it('takes what is no value of a setting for its default', async () => {
    await set('threads', -3);
    await set('arithmetic', 'quick');
    const document = await about();
    await until(() => /exact: in float64/.test(document.getText()));
    assert.match(document.getText(), /\*\*Threads\*\*: [1-9]/);
  });
});
