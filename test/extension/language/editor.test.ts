import assert from 'node:assert/strict';
import {
  commands,
  Position,
  TabInputWebview,
  window,
  workspace,
  type CodeLens,
  type CompletionList,
  type Hover,
  type InlayHint,
  type MarkdownString,
  type TextDocument,
} from 'vscode';
import { parseNetwork } from '../../../engine';
import { until } from '../support';
import { closeAll, problems, sample, showText, type as typeText, wholeRange } from './support';

const hintsOf = async (document: TextDocument): Promise<[number, string][]> => {
  const hints = await commands.executeCommand<InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    wholeRange(document),
  );
  return hints.map(({ position, label }) => [position.line + 1, label as string]);
};

/** Texts of the hovers on the first occurrence of some text. */
const hoverOn = async (document: TextDocument, text: string): Promise<string> => {
  const at = document.positionAt(document.getText().indexOf(text) + 1);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
  return hovers.flatMap(({ contents }) => contents.map(part => (part as MarkdownString).value)).join('\n');
};

const lensesOf = (document: TextDocument): Thenable<CodeLens[]> =>
  commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 100);

/** Labels that are offered behind a text. */
const offered = async (document: TextDocument, behind: string): Promise<CompletionList['items']> => {
  const at = document.positionAt(document.getText().indexOf(behind) + behind.length);
  const list = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    at,
  );
  return list.items;
};
const labelsOf = (items: CompletionList['items']) =>
  items.map(({ label }) =>
    typeof label === 'string' ? label : `${label.label} ${label.description ?? ''}`.trimEnd(),
  );

describe('a network in the editor', () => {
  let document: TextDocument;
  beforeEach(async () => {
    document = await workspace.openTextDocument(sample('simple_convnet.cnn.json'));
    await window.showTextDocument(document);
  });
  afterEach(closeAll);

  it('has no fault', async () => {
    await problems(document, found => found.length === 0);
  });

  it('has the shape that each layer gives behind it', async () => {
    assert.deepEqual(await hintsOf(document), [
      [7, '→ (N,30,24,24)'],
      [8, '→ (N,30,24,24)'],
      [9, '→ (N,30,12,12)'],
      [10, '→ (N,100)'],
      [11, '→ (N,100)'],
      [12, '→ (N,10)'],
      [13, '→ ()'],
    ]);
  });

  it('says under the pointer how a shape comes about and what the layer costs', async () => {
    const hover = await hoverOn(document, '"stride": 1');
    for (const text of [
      '(N,1,28,28) → (N,30,24,24)',
      '(28 + 2·0 − 5)/1 + 1 = 24',
      'W (30,1,5,5)',
      '432,000',
      '67.5 KiB',
      '5×5 pixels',
    ])
      assert.ok(hover.includes(text), `${text} in ${hover}`);
  });

  it('says what types and attributes mean', async () => {
    assert.match(await hoverOn(document, '"stride": 1'), /Steps between windows/);
    assert.match(await hoverOn(document, '"conv"'), /Convolution/);
  });

  it('says what a parameter is', async () => {
    assert.match(await hoverOn(document, '"W2"'), /W2 \(4320,100\) float32\nW: \(in,out\)/);
  });

  it('sums up the network above it, and offers to run it', async () => {
    const titles = (await lensesOf(document)).map(({ range, command }) => [range.start.line, command!.title]);
    assert.deepEqual(titles, [
      [0, '$(play) Run'],
      [0, '$(debug-alt) Debug'],
      [0, '$(debug-reverse-continue) Debug Backward'],
      [0, '433,890 parameters · 865,000 multiply-adds · peak 135 KiB'],
      [6, '$(play) Run Conv Layer'],
    ]);
  });

  it('runs a convolution from its lens', async () => {
    const lens = (await lensesOf(document)).at(-1)!;
    const summary = await commands.executeCommand<{ arrays: { name: string; shape: number[] }[] }>(
      lens.command!.command,
      lens.command!.arguments![0],
    );
    assert.deepEqual(summary.arrays.find(({ name }) => name === 'out')?.shape, [1, 30, 24, 24]);
  });

  it('runs a convolution of what other layers give in its network, with its own stride and pad', async () => {
    const network = await showText(
      '{"input": {"shape": ["N", 1, 28, 28]}, "params": "params.pkl", "layers": [' +
        '{"type": "relu"},\n{"type": "conv", "W": "W1", "b": "b1", "stride": 2, "pad": 1}]}',
    );
    const { command, arguments: given } = (await lensesOf(network)).at(-1)!.command!;
    assert.deepEqual([command, given![0]], ['cnnInspector.runNetwork', { file: network.uri, layer: 1 }]);
    await commands.executeCommand(command, { file: document.uri, layer: 0 });
    const panels = () =>
      window.tabGroups.all
        .flatMap(group => group.tabs)
        .filter(({ label, input }) => label === 'SimpleConvNet' && input instanceof TabInputWebview);
    await until(() => panels().length === 1);
    await window.tabGroups.close(panels());
  });

  it('follows what is typed', async () => {
    await typeText(document, '"stride": 1', '"stride": 2');
    const hints = await hintsOf(document);
    assert.deepEqual(hints[0], [7, '→ (N,30,12,12)']);
  });

  it('shows shapes of the part that can be read', async () => {
    const text = '{"input": {"shape": ["N", 4]}, "layers": [\n{"type": "affine", "units": 3},\n{"type": "rel';
    assert.deepEqual(await hintsOf(await showText(text)), [
      [2, '→ (N,3)'],
      [3, '→ (N,3)'],
    ]);
  });

  describe('completion', () => {
    it('of a whole network in an empty file, which reads without a fault', async () => {
      const network = await showText('');
      const item = (await offered(network, '')).find(({ label }) => label === 'network');
      const { value } = item!.insertText as { value: string };
      const text = value.replace(/\$\{\d:([^}]+)\}|\$0/g, '$1');
      assert.deepEqual(parseNetwork(text).faults, []);
    });

    it('of layers, as snippets', async () => {
      const network = await showText('{"input": {"shape": ["N", 4]}, "layers": [\n]}');
      const items = await offered(network, '[\n');
      const conv = items.find(({ label }) => label === 'conv');
      assert.match((conv!.insertText as { value: string }).value, /^\{"type": "conv", "W": "\$\{1:W1\}"/);
    });

    it('of the types and their attributes', async () => {
      const network = await showText(
        '{"input": {"shape": [1, 4]}, "layers": [{"type": "maxpool", }, {"type": ""}]}',
      );
      assert.ok(labelsOf(await offered(network, '"maxpool", ')).includes('ceilMode'));
      assert.ok(labelsOf(await offered(network, '{"type": "')).some(label => /conv/.test(label)));
    });

    it('of names of earlier layers', async () => {
      const network = await showText(
        '{"input": {"shape": ["N", 4]}, "layers": [{"type": "relu", "name": "a"}, {"type": "relu", "from": ""}, {"type": "relu", "name": "z"}]}',
      );
      assert.deepEqual(labelsOf(await offered(network, '"from": "')), ['a (N,4)', 'input (N,4)']);
    });

    it('of parameters, those that fit and are unused first', async () => {
      const network = await showText(
        '{"input": {"shape": ["N", 1, 28, 28]}, "params": "params.pkl", "layers": [{"type": "conv", "W": "", "b": ""}, {"type": "affine", "W": "W3"}, {"type": "affine", "W": "" }]}',
      );
      const [first] = labelsOf(await offered(network, '"W": "'));
      assert.equal(first, 'W1 (30,1,5,5)');
      assert.deepEqual(labelsOf(await offered(network, '"b": "')).slice(0, 3), [
        'b1 (30,)',
        'b2 (100,)',
        'b3 (10,)',
      ]);
      assert.deepEqual(labelsOf(await offered(network, '"W3"}, {"type": "affine", "W": "')).slice(0, 2), [
        'W2 (4320,100)',
        'W3 (100,10)',
      ]);
    });

    it('of files and their arrays', async () => {
      const network = await showText(
        '{"input": {"shape": [1], "file": "digits.npz", "array": ""}, "params": "", "layers": []}',
      );
      const files = labelsOf(await offered(network, '"params": "'));
      assert.ok(files.includes('params.pkl'));
      assert.ok(!files.some(name => name.endsWith('.cnn.json')), 'they hold no arrays');
      assert.deepEqual(labelsOf(await offered(network, '"array": "')), ['x (100,1,28,28)', 't (100,)']);
    });
  });

  it('looks at 150 layers within 100 ms of a keystroke', async () => {
    const layers = Array.from(
      { length: 75 },
      () => '{"type": "conv", "filters": 8, "size": 3, "pad": 1},\n{"type": "relu"}',
    );
    const network = await showText(
      `{"input": {"shape": ["N", 3, 32, 32]}, "layers": [\n${layers.join(',\n')}\n]}`,
    );
    assert.equal((await hintsOf(network)).length, 150);
    const times: number[] = [];
    // The best of several: other programs run, too.
    for (let channels = 4; channels < 14; channels++) {
      await typeText(network, `${channels - 1}, 32`, `${channels}, 32`);
      const start = performance.now();
      await hintsOf(network);
      times.push(performance.now() - start);
    }
    assert.ok(Math.min(...times) <= 100, `${times.map(Math.round).join(', ')} ms`);
  });

  it('takes no harm from positions beyond its end', async () => {
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new Position(9999, 0),
    );
    assert.ok(Array.isArray(hovers));
  });
});
