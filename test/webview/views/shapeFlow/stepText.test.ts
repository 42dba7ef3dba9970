import assert from 'node:assert/strict';
import type { RunSummary } from '../../../../webview/protocol';
import { flowRows } from '../../../../webview/views/shapeFlow/flowRows';
import type { StepText } from '../../../../webview/views/shapeFlow/facts';
import { stepText } from '../../../../webview/views/shapeFlow/stepText';
import { smallRun } from '../../summaries';

function textOf(run: RunSummary, id: string): StepText {
  const step = run.steps.find(candidate => candidate.id === id);
  assert.ok(step, `no step ${id} in ${run.steps.map(candidate => candidate.id).join(' ')}`);
  return stepText(step, run);
}

describe('stepText', () => {
  it('puts the numbers of im2col into its formulas', async () => {
    const run = await smallRun({ stride: 2, dilation: [1, 2] });
    const { sentence, formulas } = stepText(run.steps[0], run);
    assert.equal(sentence, 'im2col makes a row of every 3×2 (dilated 1×2) window of x.');
    assert.deepEqual(formulas, [
      'OH = ⌊(6 + 2·0 − 3)/2⌋ + 1 = 2',
      'OW = (5 + 2·0 − (2·(2 − 1) + 1))/2 + 1 = 2',
      'rows N·OH·OW = 2·2·2 = 8',
      'columns C·FH·FW = 2·3·2 = 12',
    ]);
  });

  it('tells what groups leave out', async () => {
    const run = await smallRun({ groups: 2 });
    const matmul = run.steps.find(({ operation }) => operation === 'matmul');
    assert.ok(matmul);
    assert.match(stepText(matmul, run).sentence, /2 groups: 2 filters at a time see 6 of the 12 columns/);
  });

  it('names what padding is made of', async () => {
    const run = await smallRun({ pad: 1, pool: { kind: 'max', size: 2, pad: 1 } });
    const pads = run.steps.filter(({ operation }) => operation === 'pad').map(step => stepText(step, run));
    assert.deepEqual(
      pads.map(({ sentence }) => sentence),
      [
        'pad puts a frame of 0 around every picture of x.',
        'pad puts a frame of −∞ around every picture of out.',
      ],
    );
    assert.deepEqual(pads[0].formulas, ['H: 1 + 6 + 1 = 8', 'W: 1 + 5 + 1 = 7']);
  });

  for (const kind of ['max', 'average'] as const) {
    it(`describes every step of a run with ${kind} pooling`, async () => {
      const run = await smallRun({ pad: 1, pool: { kind, size: 2, pad: 1 } });
      const texts = run.steps.map(step => stepText(step, run));
      for (const { title, sentence, formulas } of texts) {
        const all = [title, sentence, ...formulas].join('\n');
        assert.doesNotMatch(all, /undefined|NaN|\{\d\}/);
        assert.ok(sentence.endsWith('.'), sentence);
      }
    });
  }

  it('multiplies the shapes of the matrix products', async () => {
    const run = await smallRun();
    const shapes = (operation: string): string =>
      run.steps.filter(step => step.operation === operation).map(step => textOf(run, step.id).formulas[0])[0];
    assert.equal(shapes('matmul'), '(32, 12) · (12, 4) = (32, 4)');
    assert.equal(shapes('dW'), '(12, 32) · (32, 4) = (12, 4)');
    assert.equal(shapes('dcol'), '(32, 4) · (12, 4)ᵀ = (32, 12)');
  });
});

describe('flowRows', () => {
  it('groups the steps by layer, each with its window', async () => {
    const rows = flowRows(await smallRun({ pool: { kind: 'max', size: 2, stride: 2 } }));
    assert.deepEqual(
      rows.map(({ direction, groups }) => [
        direction,
        ...groups.map(({ kind, window }) => `${kind} ${window}`),
      ]),
      [
        ['forward', 'conv 3×2', 'max pool 2×2 s2'],
        ['backward', 'max pool 2×2 s2', 'conv 3×2'],
      ],
    );
  });

  it('begins with the arrays that come from outside', async () => {
    const rows = flowRows(await smallRun({ pool: { kind: 'max', size: 2 } }));
    assert.deepEqual(
      rows.map(({ groups: [{ chips }] }) => [chips[0].title, chips[0].step]),
      [
        ['x', undefined],
        ['pool.dout', undefined],
      ],
    );
  });

  it('names what each layer ends with', async () => {
    const rows = flowRows(await smallRun({ pool: { kind: 'max', size: 2 } }));
    assert.deepEqual(
      rows.flatMap(({ groups }) => groups.map(({ chips }) => chips.at(-1)?.title)),
      ['transpose → out', 'transpose → pool.out', 'col2im → dout', 'col2im → dx'],
    );
  });

  it('has one chip for every step, in order', async () => {
    const run = await smallRun({ pool: { kind: 'average', size: 2 } });
    const steps = flowRows(run).flatMap(({ groups }) =>
      groups.flatMap(({ chips }) => chips.flatMap(({ step }) => (step === undefined ? [] : [step]))),
    );
    assert.deepEqual(
      steps,
      run.steps.map((_, i) => i),
    );
  });

  it('shows the shape that comes out', async () => {
    const [{ groups }] = flowRows(await smallRun());
    assert.deepEqual(groups[0].chips.at(-1)?.shape, [2, 4, 4, 4]);
  });
});
