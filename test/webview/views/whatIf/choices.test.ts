import assert from 'node:assert/strict';
import type { RunRequest } from '../../../../webview/protocol';
import { choicesOf, outcomeOf, type Choices } from '../../../../webview/views/whatIf/choices';

const base: RunRequest = { weights: { file: 'params.pkl' }, input: { file: 'digits.npz' } };
const xShape = [1, 1, 28, 28];
const wShape = [30, 1, 5, 5];
const outcome = (choices: Partial<Choices>, request = base): ReturnType<typeof outcomeOf> =>
  outcomeOf({ ...choicesOf(request), ...choices }, request, xShape, wShape);

describe('what if', () => {
  it('shows a run as a form and reads the same run from it', () => {
    const request: RunRequest = {
      ...base,
      stride: [2, 1],
      pad: [1, 0, 2, 0],
      dilation: 1,
      groups: 1,
      pool: { kind: 'average', size: 3, stride: 2, pad: 1, ceilMode: true, countIncludePad: false },
      dout: { kind: 'random', seed: 7 },
    };
    assert.deepEqual(outcome({}, request).request, request);
    assert.equal(choicesOf(request).pad, '1 0 2 0');
    assert.equal(choicesOf({ ...base, pad: [2, 1] }).pad, '2 1');
  });

  it('keeps the files', () => {
    const { request } = outcome({ stride: '2' });
    assert.deepEqual([request?.weights, request?.input, request?.stride], [base.weights, base.input, 2]);
  });

  it('writes the formulas of both layers', () => {
    assert.deepEqual(outcome({ pool: 'max' }).formulas, [
      'OH = (28 + 2·0 − 5)/1 + 1 = 24',
      'OW = (28 + 2·0 − 5)/1 + 1 = 24',
      'out (1, 30, 24, 24)',
      'OH = (24 + 2·0 − 2)/2 + 1 = 12',
      'OW = (24 + 2·0 − 2)/2 + 1 = 12',
      'pool.out (1, 30, 12, 12)',
    ]);
  });

  for (const [name, choices, part, reason] of [
    ['a stride of 0', { stride: '0' }, 'conv', /stride is 0, it must be a whole number of at least 1/],
    ['a negative pad', { pad: '-1' }, 'conv', /pad is -1/],
    ['a window larger than x', { dilation: '8' }, 'conv', /window spans 33 .* x has only H 28/],
    ['text', { stride: 'one' }, 'conv', /stride: “one” is not a whole number/],
    ['a fraction', { pad: '1.5' }, 'conv', /“1.5” is not a whole number/],
    ['nothing', { pad: ' ' }, 'conv', /pad: expected 1 or 2 or 4 numbers, got 0/],
    ['three pads', { pad: '1 2 3' }, 'conv', /got 3/],
    ['groups that do not divide', { groups: '4' }, 'conv', /30 filters cannot be split into 4 groups/],
    ['groups without channels', { groups: '2' }, 'conv', /W has 1 input channels in each of 2 groups/],
    ['a pooling larger than out', { pool: 'max', poolSize: '25' }, 'pool', /pool: the window spans 25/],
    [
      'a cell outside',
      { dout: 'cell', cell: '0 0 24 0' },
      'dout',
      /no cell \[0, 0, 24, 0\] in \(1, 30, 24, 24\)/,
    ],
    ['a seed that is no number', { dout: 'random', seed: 'x' }, 'dout', /seed: “x”/],
  ] as const) {
    it(`says why ${name} cannot work`, () => {
      const { request, problem } = outcome(choices);
      assert.equal(request, undefined);
      assert.equal(problem?.part, part);
      assert.match(problem.reason, reason);
    });
  }

  it('still shows how far the sizes are right', () => {
    assert.equal(outcome({ pool: 'max', poolSize: '25' }).formulas.length, 3);
  });
});
