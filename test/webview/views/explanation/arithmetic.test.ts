import assert from 'node:assert/strict';
import { explain, type Explanation, type Trace } from '../../../../engine';
import { brief } from '../../../../webview/draw/format';
import { arithmetic, sliceName, type Line } from '../../../../webview/views/explanation/arithmetic';
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
