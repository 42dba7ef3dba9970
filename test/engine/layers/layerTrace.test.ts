import assert from 'node:assert/strict';
import {
  CancelledError,
  col2im,
  Convolution,
  explain,
  im2col,
  IndexError,
  Pooling,
  sizeOf,
  traceLayer,
  unravel,
  type LayerRun,
  type Tensor,
  type Trace,
} from '../../../engine';
import { arange, assertTensor, full, random, readAll } from '../support/arrays';

const ones = (shape: readonly number[]): Tensor => full(shape, 1);

/** A convolution with everything in it, and a pooling that needs padding. */
function fullRun(dtype: 'float32' | 'float64', change: Partial<LayerRun> = {}): LayerRun {
  return {
    x: random([2, 4, 6, 5], 1, dtype),
    convolution: new Convolution(random([6, 2, 3, 2], 2, dtype), random([6], 3, dtype), {
      stride: [2, 1],
      pad: [1, 2, 0, 1],
      dilation: [1, 2],
      groups: 2,
    }),
    pooling: new Pooling({ kind: 'max', size: 2, stride: 2, pad: [1, 0] }),
    dout: shape => random(shape, 4, dtype),
    ...change,
  };
}

const operations = (trace: Trace, direction: string): string[] =>
  trace.steps.filter(step => step.direction === direction).map(step => `${step.layer} ${step.operation}`);

describe('traceLayer', () => {
  it('says what is too large before anything of that size is made', async () => {
    const convolution = new Convolution(full([30, 1, 5, 5], 1), null, { pad: 99999 });
    const dout = (): Tensor => assert.fail('nobody has looked at dout');
    await assert.rejects(traceLayer({ x: full([1, 1, 28, 28], 1), convolution, dout }), {
      name: 'UnsupportedError',
      message: /^out \(1,30,200022,200022\) takes .* TiB, and no array of more than 4 GiB is computed: make /,
    });
  });

  it('has the steps of a padded convolution with a pooling, forward and backward', async () => {
    const trace = await traceLayer(fullRun('float64'));
    assert.deepEqual(operations(trace, 'forward'), [
      'conv pad',
      'conv im2col',
      'conv filters',
      'conv matmul',
      'conv bias',
      'conv reshape',
      'conv transpose',
      'pool pad',
      'pool im2col',
      'pool reshape',
      'pool max',
      'pool reshape',
      'pool transpose',
    ]);
    assert.deepEqual(operations(trace, 'backward'), [
      'pool dmax',
      'pool col2im',
      'pool crop',
      'conv dout',
      'conv db',
      'conv dW',
      'conv dcol',
      'conv col2im',
      'conv crop',
    ]);
    assert.equal(new Set(trace.steps.map(step => step.id)).size, trace.steps.length);
    for (const step of trace.steps)
      for (const name of [...step.inputs, ...step.outputs]) assert.ok(trace.arrays.has(name), name);
  });

  it('leaves out what does not happen: no pad, no bias, no pooling', async () => {
    const trace = await traceLayer({
      x: arange([1, 1, 4, 4]),
      convolution: new Convolution(ones([1, 1, 2, 2]), null),
      dout: ones,
    });
    assert.deepEqual(
      trace.steps.map(step => step.operation),
      ['im2col', 'filters', 'matmul', 'reshape', 'transpose', 'dout', 'dW', 'dcol', 'col2im'],
    );
  });

  it('has the shapes of SimpleConvNet', async () => {
    const trace = await traceLayer({
      x: random([1, 1, 28, 28], 1),
      convolution: new Convolution(random([30, 1, 5, 5], 2), random([30], 3)),
      pooling: new Pooling({ kind: 'max', size: 2, stride: 2 }),
      dout: ones,
    });
    const shape = (name: string): string => trace.arrays.get(name)?.source.shape.join() ?? 'missing';
    assert.equal(shape('col'), '576,25');
    assert.equal(shape('colW'), '25,30');
    assert.equal(shape('dot'), '576,30');
    assert.equal(shape('nhwc'), '1,24,24,30');
    assert.equal(shape('out'), '1,30,24,24');
    assert.equal(shape('pool.col'), '144,120');
    assert.equal(shape('pool.windows'), '4320,4');
    assert.equal(shape('pool.out'), '1,30,12,12');
    assert.equal(shape('dcol'), '576,25');
    assert.equal(shape('dxPartial'), '25,1,1,28,28');
    assert.equal(shape('overlap'), '25,28,28');
  });

  it('shows the col2im picture after each tap, and how many taps have landed (chapter 7)', async () => {
    const trace = await traceLayer({
      x: arange([1, 1, 4, 4]),
      convolution: new Convolution(ones([1, 1, 2, 2]), null),
      dout: arange,
    });
    assertTensor(await readAll(trace, 'dxPartial'), [
      [
        [
          [
            [0, 1, 2, 0],
            [3, 4, 5, 0],
            [6, 7, 8, 0],
            [0, 0, 0, 0],
          ],
        ],
      ],
      [
        [
          [
            [0, 1, 3, 2],
            [3, 7, 9, 5],
            [6, 13, 15, 8],
            [0, 0, 0, 0],
          ],
        ],
      ],
      [
        [
          [
            [0, 1, 3, 2],
            [3, 8, 11, 5],
            [9, 17, 20, 8],
            [6, 7, 8, 0],
          ],
        ],
      ],
      [
        [
          [
            [0, 1, 3, 2],
            [3, 8, 12, 7],
            [9, 20, 24, 13],
            [6, 13, 15, 8],
          ],
        ],
      ],
    ]);
    const overlap = await readAll(trace, 'overlap');
    assert.deepEqual(
      Array.from(overlap.numbers().subarray(48)),
      [1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1],
    );
  });

  for (const dtype of ['float32', 'float64'] as const) {
    it(`has virtual arrays equal to the computed ones, ${dtype}`, async () => {
      const run = fullRun(dtype);
      const { convolution, x } = run;
      const trace = await traceLayer(run);
      const { stride, pad, dilation } = convolution.options;
      const attributes = { stride, pad, dilation };
      const [, , FH, FW] = convolution.W.shape;
      for (const [name, layout] of [
        ['col', 'rows'],
        ['col.columns', 'columns'],
        ['col.axes', 'axes'],
      ] as const) {
        assertTensor(await readAll(trace, name), im2col(x, FH, FW, { ...attributes, layout }));
      }
      const out = await readAll(trace, 'out');
      assertTensor((await readAll(trace, 'nhwc')).transpose([0, 3, 1, 2]), out);
      const dx = await readAll(trace, 'dx');
      assertTensor(col2im(await readAll(trace, 'dcol'), x.shape, FH, FW, attributes), dx);
      // The last picture of col2im, cropped, is dx, to the last bit.
      const partial = await readAll(trace, 'dxPartial');
      const [taps, N, C, H, W] = partial.shape;
      for (let flat = 0; flat < dx.size; flat++) {
        const [n, c, h, w] = unravel(flat, dx.shape);
        assert.equal(partial.at(taps - 1, n, c, h + 1, w + 2), dx.at(n, c, h, w), `${N} ${C} ${H} ${W}`);
      }
      assertTensor(
        (await readAll(trace, 'dcolW')).transpose([1, 0]).reshape(convolution.W.shape),
        await readAll(trace, 'dW'),
      );
    });

    it(`explains every cell of every array by numbers that add up to it, ${dtype}`, async () => {
      for (const pooling of [
        undefined,
        new Pooling({ kind: 'average', size: 2, pad: 1 }),
        fullRun(dtype).pooling,
      ]) {
        const trace = await traceLayer(fullRun(dtype, { pooling }));
        for (const [name, { source }] of trace.arrays) {
          const size = sizeOf(source.shape);
          for (let flat = 0; flat < size; flat += Math.ceil(size / 15)) {
            await assertExplained(trace, name, unravel(flat, source.shape), dtype);
          }
        }
      }
    });
  }

  it('explains an output by its receptive field, the row of col and the column of colW', async () => {
    const trace = await traceLayer({
      x: arange([1, 2, 4, 4]),
      convolution: new Convolution(arange([3, 2, 3, 3]), arange([3]), { pad: 1 }),
      dout: ones,
    });
    const { cell, rule, terms, termCount, sum, bias } = await explain(trace, 'out', [0, 2, 0, 3]);
    assert.equal(rule, 'sum');
    assert.equal(termCount, 18);
    assert.deepEqual(bias, { array: 'b', index: [2], value: 2 });
    assert.equal(cell.value, (sum ?? NaN) + 2);
    // The first tap lies in the padding above, the fifth on x[0,0,0,3].
    assert.deepEqual(terms[0].factors[0], { array: 'pad', index: [], value: 0 });
    assert.deepEqual(terms[4].factors, [
      { array: 'x', index: [0, 0, 0, 3], value: 3 },
      { array: 'W', index: [2, 0, 1, 1], value: 40 },
    ]);
    assert.deepEqual(terms[4].via, [
      { array: 'col', index: [3, 4], value: 3 },
      { array: 'colW', index: [4, 2], value: 40 },
    ]);
  });

  it('explains a pooled cell by its window and the winner', async () => {
    const trace = await traceLayer({
      x: arange([1, 1, 5, 5]),
      convolution: new Convolution(ones([1, 1, 2, 2]), null),
      pooling: new Pooling({ kind: 'max', size: 2 }),
      dout: ones,
    });
    const { rule, terms, cell } = await explain(trace, 'pool.out', [0, 0, 1, 0]);
    assert.equal(rule, 'max');
    assert.deepEqual(
      terms.filter(term => term.winner).map(term => term.factors[0]),
      [{ array: 'out', index: [0, 0, 3, 1], value: cell.value }],
    );
    assert.equal((await explain(trace, 'pool.argMax', [2])).cell.value, 3);
  });

  it('refuses names and cells that are not there', async () => {
    const trace = await traceLayer(fullRun('float64'));
    await assert.rejects(explain(trace, 'nothing', [0]), IndexError);
    await assert.rejects(explain(trace, 'out', [0, 0, 0]), /index \[0, 0, 0\] has 3 axes/);
    await assert.rejects(explain(trace, 'out', [0, 6, 0, 0]), /index 6 is out of range 0…5 on axis 1/);
  });

  it('explains nothing for who has given up', async () => {
    const trace = await traceLayer(fullRun('float64'));
    await assert.rejects(explain(trace, 'dx', [0, 0, 0, 0], AbortSignal.abort()), CancelledError);
  });

  it('says what does not fit, with both shapes', async () => {
    const x = arange([1, 3, 28, 28]);
    const misfit = (W: number[], options = {}): Promise<Trace> =>
      traceLayer({ x, convolution: new Convolution(ones(W), null, options), dout: ones });
    await assert.rejects(misfit([30, 1, 5, 5]), {
      code: 'shape',
      message: 'conv: W has 1 input channels, x has 3: x (1,3,28,28), W (30,1,5,5)',
    });
    await assert.rejects(
      misfit([4, 3, 5, 5], { groups: 3 }),
      /conv: 4 filters cannot be split into 3 groups/,
    );
    await assert.rejects(
      misfit([3, 3, 5, 5], { groups: 3 }),
      /W has 3 input channels in each of 3 groups, x has 3/,
    );
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const running = traceLayer(
      {
        x: random([4, 16, 64, 64], 1),
        convolution: new Convolution(random([64, 16, 3, 3], 2), null),
        dout: ones,
      },
      controller.signal,
    );
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(running, CancelledError);
  });
});

async function assertExplained(trace: Trace, name: string, index: number[], dtype: string): Promise<void> {
  const where = `${name}[${index.join(', ')}]`;
  const { cell, rule, terms, termCount, sum, bias, divisor } = await explain(trace, name, index);
  const round = dtype === 'float32' ? Math.fround : (value: number) => value;
  assert.deepEqual([cell.array, cell.index], [name, index]);
  for (const term of terms) {
    assert.equal(
      term.value,
      term.factors.reduce((product, factor) => product * factor.value, 1),
      where,
    );
    for (const factor of [...term.factors, ...(term.via ?? [])]) {
      if (factor.array === 'pad') continue;
      const named = await explain(trace, factor.array, factor.index);
      assert.equal(factor.value, named.cell.value, `${factor.array}[${factor.index.join(', ')}] in ${where}`);
    }
  }
  const total = terms.reduce((running, term) => running + term.value, 0);
  switch (rule) {
    case 'sum':
      assert.ok(Math.abs((sum ?? NaN) - total) <= 1e-5, where);
      assert.equal(cell.value, round((sum ?? NaN) + (bias?.value ?? 0)), where);
      break;
    case 'mean':
      assert.equal(cell.value, round((sum ?? NaN) / (divisor ?? NaN)), where);
      break;
    case 'copy':
      assert.equal(cell.value, terms[0].value, where);
      break;
    case 'max':
      assert.equal(cell.value, Math.max(...terms.map(term => term.value)), where);
      assert.equal(terms.find(term => term.winner)?.value, cell.value, where);
      break;
    case 'argMax':
      assert.equal(
        terms.findIndex(term => term.winner),
        cell.value,
        where,
      );
      break;
    case 'count':
      assert.equal(termCount, cell.value, where);
      break;
    case 'formula':
      assert.fail(`${where} is a formula`);
    case 'given':
      assert.ok(['x', 'W', 'b', 'dout', 'pool.dout'].includes(name), where);
  }
}
