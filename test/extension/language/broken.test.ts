import assert from 'node:assert/strict';
import {
  CodeActionKind,
  commands,
  DiagnosticSeverity,
  window,
  workspace,
  type CodeAction,
  type Diagnostic,
  type TextDocument,
} from 'vscode';
import { closeAll, problems, sample } from './support';

/** For each broken sample: what is told first, at which text, and the fixes that are offered for it. */
const BROKEN: Record<string, { at: string; message: RegExp; fixes: RegExp }> = {
  wrong_flatten_size: {
    at: '"W2"',
    message: /affine: W has 4320 rows, x has 15870/,
    fixes: /Set stride of pool1 to 2 → \(N,100\)/,
  },
  channel_mismatch: {
    at: '"W"',
    message: /conv: W has 3 input channels, x has 1/,
    fixes: /Set the input shape to \(N,3,64,64\) → \(N,4,64,64\)/,
  },
  filter_too_large: {
    at: '"W"',
    message: /spans 3 .*only H 2/,
    fixes: /Set pad of edges to 1 → \(N,6,2,2\)/,
  },
  dropped_border: {
    at: '2',
    message: /stride of 2 no window reaches/,
    fixes: /Set pad of edges to \[0, 0, 1, 1\] → \(N,6,64,64\)/,
  },
  swapped_axes: {
    at: '"W"',
    message: /FH,FW,C,FN.*Keras/,
    fixes: /Set wAxes of edges to \[3, 2, 0, 1\] → \(N,4,64,64\)/,
  },
  pool_without_pad: {
    at: '"W2"',
    message: /affine: W has 4320 rows, x has 30·11·11 = 3630/,
    fixes: /Set pad of pool1 to 1 → \(N,100\)/,
  },
};

const fixesOf = ({ uri }: TextDocument, { range }: Diagnostic): Thenable<CodeAction[]> =>
  commands.executeCommand('vscode.executeCodeActionProvider', uri, range, CodeActionKind.QuickFix.value);

const isOf = (fault: Diagnostic) => (found: Diagnostic) => found.code === fault.code;
const isError = ({ severity }: Diagnostic): boolean => severity === DiagnosticSeverity.Error;

describe('a broken network', () => {
  afterEach(closeAll);

  const show = async (name: string): Promise<TextDocument> => {
    const document = await workspace.openTextDocument(sample(`broken/${name}.cnn.json`));
    await window.showTextDocument(document);
    return document;
  };
  const firstProblem = async (document: TextDocument): Promise<Diagnostic> =>
    (await problems(document, found => found.length > 0))[0];

  for (const [name, { at, message, fixes }] of Object.entries(BROKEN)) {
    describe(name, () => {
      it('is told of once, where the mistake is, with what would mend it', async () => {
        const document = await show(name);
        const told = await firstProblem(document);
        assert.match(told.message, message);
        assert.equal(document.getText(told.range), at);
        assert.equal((await problems(document, () => true)).filter(isError).length, Number(isError(told)));
        const titles = (await fixesOf(document, told)).map(({ title }) => title);
        assert.ok(
          titles.some(title => fixes.test(title)),
          titles.join('\n'),
        );
      });

      it('is mended by each of its fixes', async function () {
        this.timeout(120_000);
        const document = await show(name);
        const text = document.getText();
        const told = await firstProblem(document);
        const actions = await fixesOf(document, told);
        assert.equal(actions.filter(({ isPreferred }) => isPreferred).length, 1);
        for (const { title, edit } of actions) {
          assert.ok(await workspace.applyEdit(edit!), title);
          assert.notEqual(document.getText(), text, title);
          await problems(document, found => !found.some(isOf(told)) && !found.some(isError)).catch(
            (error: unknown) => assert.fail(`${title}: ${String(error)}`),
          );
          const before = await workspace.openTextDocument(document.uri);
          await commands.executeCommand('undo');
          assert.equal(before.getText(), text, `${title} is undone at once`);
          await problems(document, found => found.some(isOf(told)));
        }
      });
    });
  }
});
