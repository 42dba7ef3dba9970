import assert from 'node:assert/strict';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { commands, languages, Uri, window, workspace, type CodeAction } from 'vscode';
import { memoryFiles } from '../memoryFiles';
import { scratchFolder, until } from '../support';
import { closeAll, problems, sample, showText, type as typeText } from './support';

describe('the problems of a network', () => {
  const scratch = scratchFolder();
  afterEach(closeAll);

  it('say which key is unknown, and which was meant', async () => {
    const document = await showText(
      '{"input": {"shape": ["N", 4]}, "layers": [{"type": "affine", "unit": 3}]}',
    );
    const [unknown] = await problems(document, found => found.length > 0);
    assert.equal(document.getText(unknown.range), '"unit"');
    assert.equal(unknown.code, 'unknownKey');
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      unknown.range,
    );
    const change = actions.find(({ title }) => title === 'Change to "units"');
    assert.ok(await workspace.applyEdit(change!.edit!));
    await problems(document, found => found.length === 0);
  });

  it('come and go with what is typed', async () => {
    const document = await showText(
      '{"input": {"shape": ["N", 1, 8, 8]}, "layers": [{"type": "maxpool", "size": 2, "stride": 2}]}',
    );
    await problems(document, found => found.length === 0);
    await typeText(document, '"size": 2', '"size": 9');
    const [tooLarge] = await problems(document, found => found.length > 0);
    assert.equal(tooLarge.source, 'cnn');
    await typeText(document, '"size": 9', '"size": 4');
    await problems(document, found => found.length === 0);
  });

  it('say why the params file cannot be read, and go when it can', async () => {
    const path = scratch.write(
      'late.cnn.json',
      '{"input": {"shape": ["N", 1, 28, 28]}, "params": "late.pkl", "layers": [{"type": "conv", "W": "W1", "b": "b1"}, {"type": "affine", "W": "W9"}]}',
    );
    const document = await workspace.openTextDocument(Uri.file(path));
    await window.showTextDocument(document);
    const [missing] = await problems(document, found => found.length > 0);
    assert.match(missing.message, /no such file/);
    assert.equal(document.getText(missing.range), '"late.pkl"');
    copyFileSync(sample('params.pkl').fsPath, path.replace('.cnn.json', '.pkl'));
    await problems(document, found =>
      found.some(({ code, message }) => code === 'missingParameter' && /W9/.test(message)),
    );
  });

  it('follow the params file as it changes on disk', async () => {
    const params = scratch.array('weights', [3, 1, 5, 5]);
    const path = scratch.write(
      'follow.cnn.json',
      '{"input": {"shape": ["N", 1, 28, 28]}, "params": "weights.npy", "layers": [{"type": "conv", "W": "weights"}]}',
    );
    const document = await workspace.openTextDocument(Uri.file(path));
    await window.showTextDocument(document);
    await problems(document, found => found.length === 0);
    scratch.array('weights', [3, 2, 5, 5]);
    await problems(document, found => found.some(({ code }) => code === 'channels'));
    writeFileSync(params, 'no numbers');
    await problems(document, found => found.some(({ code }) => code === 'paramsFile'));
    rmSync(params);
    await problems(document, found => found.some(({ message }) => /no such file/.test(message)));
  });

  it('say what is wrong with the files of the input and of the target, at the very value', async () => {
    const document = await showText(
      '{"input": {"shape": ["N", 1, 17, 15], "file": "nope.npz", "array": "x"}, "layers": [{"type": "flatten"},' +
        '{"type": "softmaxWithLoss", "target": {"file": "digits.npz", "array": "labels"}}]}',
    );
    const told = await problems(document, found => found.length === 2);
    assert.deepEqual(
      told.map(({ code, range }) => [code, document.getText(range)]),
      [
        ['inputFile', '"nope.npz"'],
        ['targetArray', '"labels"'],
      ],
    );
    await typeText(document, '"labels"', '"t"');
    await typeText(document, 'nope', 'digits');
    const [shape] = await problems(document, found => found.some(({ code }) => code === 'inputShape'));
    assert.equal(document.getText(shape.range), '["N", 1, 17, 15]');
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      shape.range,
    );
    const fix = actions.find(({ title }) => title === 'Set the input shape to (N,1,28,28)');
    assert.ok(await workspace.applyEdit(fix!.edit!));
    await problems(document, found => found.length === 0);
  });

  it('leave comments and trailing commas alone; the syntax is told of once, by VS Code', async () => {
    const text = '{ // a comment\n"input": {"shape": ["N", 4],},\n"layers": [{"type": "relu"},],\n"name" 3 }';
    const document = await showText(text);
    const told = () => languages.getDiagnostics(document.uri);
    await until(() => told().length > 0);
    assert.deepEqual(
      told().map(({ range, source }) => [source, range.start.line]),
      [['cnn-network', 3]],
    );
  });

  it('are found on file systems that are no disk, too', async () => {
    const params = sample('params.pkl').fsPath;
    const text =
      '{"input": {"shape": ["N", 2, 28, 28]}, "params": "params.pkl", "layers": [{"type": "conv", "W": "W1", "b": "b1"}]}';
    const files = memoryFiles(params);
    const readFile = (uri: Uri) =>
      uri.path.endsWith('.pkl') ? files.readFile(uri) : new TextEncoder().encode(text);
    const registered = workspace.registerFileSystemProvider('cnn-networks', { ...files, readFile });
    try {
      const document = await workspace.openTextDocument(Uri.parse('cnn-networks:/folder/net.cnn.json'));
      await window.showTextDocument(document);
      await problems(document, found => found.some(({ code }) => code === 'channels'));
    } finally {
      await closeAll();
      registered.dispose();
    }
  });

  it('are none of a file that is closed', async () => {
    const document = await showText('{"layers": 3}');
    await problems(document, found => found.length > 0);
    await closeAll();
    await problems(document, found => found.length === 0);
  });

  for (const [what, text] of [
    ['nothing', ''],
    ['brackets', '['.repeat(50_000)],
    [
      'names of Object.prototype',
      '{"input": {"shape": ["__proto__", 4]}, "layers": [{"type": "constructor", "name": "__proto__"}]}',
    ],
    [
      'absurd numbers',
      '{"input": {"shape": ["N", 1e9, 1e9, 1e9]}, "layers": [{"type": "conv", "filters": 1e9, "size": 1e9, "pad": 1e9, "dilation": 1e9}]}',
    ],
  ]) {
    it(`are told of ${what} in a moment`, async () => {
      const document = await showText(text);
      const hints = await commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
      assert.ok(Array.isArray(hints));
      if (text) await problems(document, found => found.length > 0);
    });
  }
});
