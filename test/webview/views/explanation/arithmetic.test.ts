import assert from 'node:assert/strict';
import { explain, Tensor, type Explanation, type Trace } from '../../../../engine';
import {
  startAdd,
  startAffine,
  startRelu,
  startSigmoid,
  startSoftmaxWithLoss,
  type StartLayer,
} from '../../../../engine/layers';
import { brief } from '../../../../webview/draw/format';
import { arithmetic, sliceName, type Line } from '../../../../webview/views/explanation/arithmetic';
import { LAYER_CASES, randomOperands } from '../../../engine/layers/support/layerCases';
import { start } from '../../../engine/layers/support/startLayer';
import { full } from '../../../engine/support/arrays';
import { smallTrace } from '../../summaries';

const written = (lines: readonly Line[]): string[] =>
  lines.map(line => line.map(({ text }) => text).join(''));

async function linesOf(trace: Trace, array: string, index: readonly number[]): Promise<string[]> {
  return written(
    arithmetic(await explain(trace, array, index), {
      short: value => brief(value, 3),
      full: value => brief(value, 8),
      shapeOf: name => trace.arrays.get(name)?.source.shape ?? [],
    }),
  );
}

describe('arithmetic', () => {
  it('writes an output as a row of col times a column of colW plus the bias', async () => {
    const lines = await linesOf(await smallTrace(), 'out', [1, 1, 2, 3]);
    assert.equal(lines.length, 3);
    assert.equal(lines[0], 'out[1, 1, 2, 3] = col[27, :] · colW[:, 1] + b[1]');
    assert.equal(lines[1], '= 73·12 + 74·13 + 78·14 + 79·15 + 83·16 + …  (12 terms)');
    assert.equal(lines[2], '= 20258 + (−1) = 20257');
  });

  it('names the padding, and counts only terms that are not zero', async () => {
    const lines = await linesOf(await smallTrace({ pad: 1 }), 'out', [0, 0, 0, 0]);
    // Windows at the corner see 2×1 of 3×2 positions of each of two channels; x[0,0,0,0] and W[0,0,…] give zeros too.
    assert.match(lines[1], /^= 5·5 \+ 30·9 \+ 35·11 {2}\(3 of 12 terms are not zero\)$/);
  });

  it('lists the candidates of a maximum with the winner among them', async () => {
    const trace = await smallTrace({ pool: { kind: 'max', size: 2 } });
    const lines = await linesOf(trace, 'pool.out', [0, 3, 1, 1]);
    assert.equal(lines[0], 'pool.out[0, 3, 1, 1] = max(pool.windows[15, :])');
    const winner = (await explain(trace, 'pool.out', [0, 3, 1, 1])).terms.find(term => term.winner);
    assert.ok(winner);
    assert.ok(lines[1].includes(brief(winner.value, 3)));
    assert.ok(lines[1].endsWith(`= ${brief(winner.value, 8)}`));
  });

  it('divides the sum of an average', async () => {
    const trace = await smallTrace({ pool: { kind: 'average', size: 2 } });
    const lines = await linesOf(trace, 'pool.out', [0, 0, 0, 0]);
    assert.match(lines[1], /^= \(.* \+ .* \+ .* \+ .*\) \/ 4 = .*$/);
  });

  it('shares the gradient of an average out', async () => {
    const trace = await smallTrace({ pool: { kind: 'average', size: 2 } });
    assert.deepEqual(await linesOf(trace, 'pool.dmean', [0, 0]), [
      'pool.dmean[0, 0] = pool.dout[0, 0, 0, 0] / 4 = 1 / 4 = 0.25',
    ]);
  });

  it('says where no gradient arrives', async () => {
    const trace = await smallTrace({ pool: { kind: 'max', size: 2 } });
    assert.deepEqual(await linesOf(trace, 'pool.dmax', [0, 0]), ['pool.dmax[0, 0] = 0  nothing flows here']);
  });

  it('says how many cells of a slice are added where it holds others too', async () => {
    const trace = await smallTrace();
    const dx = await linesOf(trace, 'dx', [0, 0, 2, 1]);
    const { termCount } = await explain(trace, 'dx', [0, 0, 2, 1]);
    assert.match(
      dx[0],
      new RegExp(`^dx\\[0, 0, 2, 1\\] = Σ dcol\\[.*\\]  \\(${termCount} of these cells\\)$`),
    );
    const db = await linesOf(trace, 'db', [1]);
    assert.equal(db[0], 'db[1] = Σ doutRows[:, 1]');
  });

  it('writes a sum of one cell as that cell', async () => {
    const lines = await linesOf(await smallTrace(), 'dx', [0, 0, 0, 0]);
    assert.equal(lines.length, 1);
    assert.match(lines[0], /^dx\[0, 0, 0, 0\] = dcol\[0, 0\] = −?[\d.]+$/);
  });

  it('says that padding was copied', async () => {
    const lines = await linesOf(await smallTrace({ pad: 1 }), 'col', [0, 0]);
    assert.deepEqual(lines, ['col[0, 0] = padding = 0']);
  });

  it('puts the winner of many into the few that are shown', () => {
    const terms = Array.from({ length: 9 }, (_, i) => ({
      factors: [{ array: 'x', index: [i], value: i }],
      value: i,
      ...(i === 8 ? { winner: true as const } : {}),
    }));
    const explanation: Explanation = {
      cell: { array: 'm', index: [0], value: 8 },
      rule: 'max',
      terms,
      termCount: 9,
    };
    const lines = arithmetic(explanation, { short: String, full: String, shapeOf: () => [9] });
    assert.equal(written(lines)[1], '= max(0, 1, 2, 3, 8, …) = 8');
    assert.deepEqual(
      lines[1].filter(part => part.strong).map(({ text }) => text),
      ['8', '8'],
    );
  });

  it('has something to say of every cell of a run', async () => {
    const trace = await smallTrace({ pad: [1, 0], stride: 2, pool: { kind: 'max', size: 2, stride: 1 } });
    for (const [name, { source }] of trace.arrays) {
      const lines = await linesOf(
        trace,
        name,
        source.shape.map(() => 0),
      );
      assert.ok(lines[0].startsWith(`${name}[`), lines[0]);
      assert.ok(!lines.join('').includes('undefined'), lines.join('\n'));
    }
  });
});

describe('arithmetic of the layers of networks', () => {
  /** On one sample with a positive and a negative number. */
  const linesOfLayer = async <Attributes>(
    startLayer: StartLayer<Attributes>,
    attributes: Attributes,
    parameters: Readonly<Record<string, Tensor>>,
    [array, ...index]: readonly [string, ...number[]],
    copies = 1,
  ): Promise<string[]> => {
    const x = Tensor.from([2, -1.5], [1, 2], 'float64');
    const { layer } = start(startLayer, attributes, {
      inputs: Array.from({ length: copies }, () => x),
      parameters,
      dout: x,
    });
    const { info, arrays } = layer.trace;
    return linesOf({ layers: [info], steps: [], arrays }, array, index);
  };

  it('puts cells, then numbers, into a formula; negative ones after an operator in brackets', async () => {
    assert.deepEqual(await linesOfLayer(startSigmoid, {}, {}, ['exp', 0, 1]), [
      'exp[0, 1] = exp(−x[0, 1])',
      '= exp(−(−1.5)) = 4.4816891',
    ]);
    assert.deepEqual(await linesOfLayer(startRelu, {}, {}, ['out', 0, 1]), [
      'out[0, 1] = where(mask[0, 1], 0, x[0, 1])',
      '= where(1, 0, −1.5) = 0',
    ]);
  });

  it('writes an affine cell as a row times a column', async () => {
    const parameters = { W: full([2, 3], 2), b: full([3], 5) };
    assert.deepEqual(await linesOfLayer(startAffine, {}, parameters, ['out', 0, 2]), [
      'out[0, 2] = x[0, :] · W[:, 2] + b[2]',
      '= 2·2 + −1.5·2',
      '= 1 + 5 = 6',
    ]);
  });

  it('names the arrays that were added', async () => {
    assert.deepEqual(await linesOfLayer(startAdd, {}, {}, ['out', 0, 1], 3), [
      'out[0, 1] = x0[0, 1] + x1[0, 1] + x2[0, 1]',
      '= −1.5 + (−1.5) + (−1.5) = −4.5',
    ]);
    const lines = await linesOfLayer(startAdd, {}, {}, ['out', 0, 0], 7);
    assert.equal(lines[0], 'out[0, 0] = x0[0, 0] + x1[0, 0] + x2[0, 0] + x3[0, 0] + x4[0, 0] + …');
  });

  it('writes a number without axes by its name', async () => {
    const t = { t: Tensor.from([0], [1], 'int32') };
    assert.deepEqual(await linesOfLayer(startSoftmaxWithLoss, {}, t, ['out']), [
      'out = losses[0] / 1 = 0.0298 / 1 = 0.029750418',
    ]);
  });

  for (const test of LAYER_CASES) {
    it(`has something to say of every array of ${test.title}`, async () => {
      const { info, arrays } = test.start(randomOperands(test, 'float32')).layer.trace;
      for (const [name, { source }] of arrays) {
        const index = source.shape.map(() => 0);
        const lines = await linesOf({ layers: [info], steps: [], arrays }, name, index);
        assert.ok(lines[0].startsWith(name), lines[0]);
        assert.doesNotMatch(lines.join('\n'), /undefined|\{\d\}/);
      }
    });
  }
});

describe('sliceName', () => {
  it('is as short as NumPy allows', () => {
    const cells = [
      { array: 'x', index: [0, 1, 2, 0] },
      { array: 'x', index: [0, 1, 4, 3] },
    ];
    assert.equal(sliceName(cells, [1, 3, 8, 4]), 'x[0, 1, 2:5, :]');
    assert.equal(sliceName(cells, [1, 3, 8, 4], false), 'x[0, 1, 2:…, :]');
  });
});
