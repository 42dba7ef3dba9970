import assert from 'node:assert/strict';
import { formatShape } from '../../../../engine';
import type { TraceSummary } from '../../../../webview/protocol';
import { flowRows } from '../../../../webview/views/shapeFlow/flowRows';
import { stepText } from '../../../../webview/views/shapeFlow/stepText';
import { LAYER_CASES, randomOperands, type LayerCase } from '../../../engine/layers/support/layerCases';
import { summarizeTrace } from '../../summaries';

/** The summary of a layer that has been started, and computed nothing. */
function summaryOf(test: LayerCase): TraceSummary {
  const { info, arrays, forward, backward } = test.start(randomOperands(test, 'float32')).layer.trace;
  return summarizeTrace({ layers: [info], steps: [...forward, ...backward], arrays });
}

function named(title: string): TraceSummary {
  const test = LAYER_CASES.find(candidate => candidate.title === title);
  assert.ok(test, title);
  return summaryOf(test);
}

describe('words for the layers of networks', () => {
  for (const test of LAYER_CASES) {
    it(`describes every step of ${test.title}, in terms of its own arrays`, () => {
      const run = summaryOf(test);
      for (const step of run.steps) {
        const { title, sentence, formulas } = stepText(step, run);
        const all = [title, sentence, ...formulas].join('\n');
        assert.doesNotMatch(all, /undefined|NaN|\{\d\}/);
        assert.match(title, /^.{2,16}$/);
        assert.ok(sentence.endsWith('.'), sentence);
      }
    });
  }

  it('multiplies the shapes of an affine layer', () => {
    const run = named('affine of maps');
    const formulas = run.steps.map(step => stepText(step, run).formulas);
    assert.deepEqual(formulas, [
      ['(2, 3, 4, 2) → (2, 24)'],
      ['(2, 24) · (24, 3) = (2, 3)'],
      ['(2, 3) + (3,)'],
      ['(2, 3) · (24, 3)ᵀ = (2, 24)'],
      ['(24, 2) · (2, 3) = (24, 3)'],
      ['(2, 3) → (3,)'],
      ['(2, 24) → (2, 3, 4, 2)'],
    ]);
  });

  it('shows the way forward from x to out and the way back from dout to dx', () => {
    const [forward, backward] = flowRows(named('relu of 2×3×4×2'));
    const chips = ({ groups: [{ chips }] }: typeof forward): string[] =>
      chips.map(({ title, shape }) => `${title} ${formatShape(shape)}`);
    assert.deepEqual(chips(forward), ['x (2, 3, 4, 2)', 'mask (2, 3, 4, 2)', 'relu → out (2, 3, 4, 2)']);
    assert.deepEqual(chips(backward), ['dout (2, 3, 4, 2)', 'drelu → dx (2, 3, 4, 2)']);
    assert.deepEqual([forward.groups[0].kind, forward.groups[0].window], ['ReLU', '']);
  });
});
