import assert from 'node:assert/strict';
import {
  assignmentAt,
  Convolution,
  extentsOf,
  inputPosition,
  linkCells,
  Pooling,
  sizeOf,
  traceLayer,
  unravel,
  type Assignment,
  type LayerInfo,
  type Links,
  type PoolingOptions,
  type Trace,
} from '../../../engine';
import { createTensorStore, startAffine } from '../../../engine/layers';
import type { LazyTensor } from '../../../engine/tensor';
import { LAYER_CASES, randomOperands } from '../layers/support/layerCases';
import { full, random } from '../support/arrays';

/** Every complete assignment of a layer's index variables, by brute force. */
function* relation({ kind, geometry }: LayerInfo): Generator<Assignment> {
  const { vertical, horizontal, C, FN, groups } = geometry;
  const { n: N, oh: OH, ow: OW, fh: FH, fw: FW } = extentsOf(geometry);
  for (let n = 0; n < N; n++)
    for (let f = 0; f < FN; f++)
      for (let cg = 0; cg < C / groups; cg++)
        for (let oh = 0; oh < OH; oh++)
          for (let ow = 0; ow < OW; ow++)
            for (let fh = 0; fh < FH; fh++)
              for (let fw = 0; fw < FW; fw++) {
                const h = inputPosition(vertical, oh, fh);
                const w = inputPosition(horizontal, ow, fw);
                const c = kind === 'convolution' ? Math.floor(f / (FN / groups)) * (C / groups) + cg : f;
                yield {
                  n,
                  f,
                  cg,
                  c,
                  oh,
                  ow,
                  fh,
                  fw,
                  h,
                  w,
                  hp: h + vertical.before,
                  wp: w + horizontal.before,
                };
              }
}

/** Whether two cells of one layer occur in a common assignment. */
function connected(trace: Trace, layer: LayerInfo, a: [string, number[]], b: [string, number[]]): boolean {
  const fixed = [a, b].map(([name, index]) => {
    const arrangement = trace.arrays.get(name)?.arrangements[layer.name];
    assert.ok(arrangement);
    return Object.entries(assignmentAt(arrangement, extentsOf(layer.geometry), index));
  });
  for (const assignment of relation(layer)) {
    if (fixed.flat().every(([variable, value]) => assignment[variable as keyof Assignment] === value))
      return true;
  }
  return false;
}

async function smallTrace(groups: number, pool?: PoolingOptions): Promise<Trace> {
  return traceLayer({
    x: random([1, 2, 5, 4], 1),
    convolution: new Convolution(random([2, 2 / groups, 2, 3], 2), full([2], 1), {
      stride: [2, 1],
      pad: [1, 0, 0, 1],
      groups,
    }),
    pooling: pool && new Pooling(pool),
    dout: shape => full(shape, 1),
  });
}

const linkable = (trace: Trace) =>
  [...trace.arrays].map(([name, { arrangements }]) => ({ name, arrangements }));

describe('linkCells', () => {
  for (const groups of [1, 2]) {
    it(`agrees with the definition for every pair of arrays of a convolution in ${groups} groups`, async () => {
      const trace = await smallTrace(groups);
      const [layer] = trace.layers;
      const names = [...trace.arrays.keys()];
      for (const from of names) {
        const fromShape = trace.arrays.get(from)?.source.shape ?? [];
        // One cell of each array, another one for each array, keeps this brute force small.
        const index = unravel((names.indexOf(from) * 7) % sizeOf(fromShape), fromShape);
        const links = linkCells(trace.layers, linkable(trace), from, index);
        for (const to of ['x', 'xPad', 'W', 'b', 'out', 'dot', 'colW', 'dxPartial']) {
          const shape = trace.arrays.get(to)?.source.shape ?? [];
          for (let flat = 0; flat < sizeOf(shape); flat += to === 'dxPartial' ? 11 : 2) {
            const cell = unravel(flat, shape);
            const expected = connected(trace, layer, [from, index], [to, cell]);
            assert.equal(links.has(to, cell), expected, `${from}[${index.join()}] and ${to}[${cell.join()}]`);
          }
        }
      }
    });
  }

  it('follows a pooled cell through its window to the pixels under it', async () => {
    const trace = await smallTrace(1, { kind: 'max', size: 2 });
    const links = linkCells(trace.layers, linkable(trace), 'pool.out', [0, 1, 0, 0]);
    const outs = [0, 1].flatMap(oh => [0, 1].map(ow => [0, 1, oh, ow]));
    for (const cell of outs) assert.ok(links.has('out', cell));
    assert.ok(!links.has('out', [0, 0, 0, 0]));
    assert.ok(!links.has('out', [0, 1, 2, 0]));
    // Output rows 0 and 1 at stride 2, pad 1, FH 2 see x rows −1, 0 and 1, 2.
    const rows = [0, 1, 2, 3, 4].filter(h => links.has('x', [0, 0, h, 0]));
    assert.deepEqual(rows, [0, 1, 2]);
    assert.ok(links.has('W', [1, 0, 0, 0]) && !links.has('W', [0, 0, 0, 0]));
  });

  it('goes from a pixel through the convolution to the pooled cell', async () => {
    const trace = await smallTrace(1, { kind: 'max', size: 2 });
    const links = linkCells(trace.layers, linkable(trace), 'x', [0, 0, 0, 0]);
    assert.deepEqual(links.first('pool.out'), [0, 0, 0, 0]);
    assert.ok(links.has('dout', [0, 1, 0, 0]));
  });

  it('connects a pixel that no window reaches with nothing', async () => {
    const trace = await traceLayer({
      x: random([1, 1, 4, 4], 1),
      convolution: new Convolution(random([1, 1, 3, 3], 2), null, { stride: 2 }),
      dout: shape => full(shape, 1),
    });
    const links = linkCells(trace.layers, linkable(trace), 'x', [0, 0, 3, 3]);
    assert.equal(links.includes('out'), false);
    assert.equal(links.first('col'), undefined);
  });

  it('is quick for a layer of 256 channels', async () => {
    const trace = await traceLayer({
      x: random([1, 256, 3, 3], 1),
      convolution: new Convolution(random([256, 256, 1, 1], 2), null),
      dout: shape => full(shape, 1),
    });
    const links = linkCells(trace.layers, linkable(trace), 'out', [0, 255, 2, 2]);
    assert.ok(links.has('x', [0, 17, 2, 2]) && !links.has('x', [0, 17, 2, 1]));
  });

  describe('in the layers of networks', () => {
    const linksOf = (title: string, array: string, index: readonly number[]): Links => {
      const test = LAYER_CASES.find(candidate => candidate.title === title);
      assert.ok(test, title);
      const { trace } = test.start(randomOperands(test, 'float32')).layer;
      return linkCells([trace.info], linkable({ layers: [], steps: [], arrays: trace.arrays }), array, index);
    };

    it('an affine cell comes from all of its sample, through a column of W', () => {
      const links = linksOf('affine of maps', 'out', [1, 2]);
      assert.ok(links.has('x', [1, 2, 3, 1]) && !links.has('x', [0, 2, 3, 1]));
      assert.ok(links.has('W', [23, 2]) && !links.has('W', [23, 1]));
      assert.ok(links.has('b', [2]) && !links.has('b', [0]));
      const pixel = linksOf('affine of maps', 'x', [1, 2, 3, 1]);
      assert.deepEqual(pixel.first('xRows'), [1, 23]);
      assert.ok(pixel.has('W', [23, 0]) && !pixel.has('W', [22, 0]));
    });

    it('a softmax cell comes from all of its row', () => {
      const links = linksOf('softmax of rows', 'out', [2, 3]);
      for (const k of [0, 1, 2, 3]) assert.ok(links.has('x', [2, k]) && !links.has('x', [1, k]));
      assert.ok(links.has('sum', [2]) && !links.has('sum', [0]));
    });

    it('goes through moved axes and flattened ones', () => {
      assert.deepEqual(linksOf('transpose with axes 0,2,3,1', 'x', [1, 2, 3, 0]).first('out'), [1, 3, 0, 2]);
      assert.deepEqual(linksOf('flatten of 2×3×4×2', 'out', [1, 13]).first('x'), [1, 1, 2, 1]);
      assert.deepEqual(linksOf('reshape of 2×12 to 2×3×2×2', 'x', [1, 7]).first('out'), [1, 1, 1, 1]);
    });

    it('leaves out arrays that no index variables describe', () => {
      const links = linksOf('concat along axis 1', 'out', [0, 0, 0, 0]);
      assert.ok(links.has('dout', [0, 0, 0, 0]));
      assert.ok(!links.includes('x0') && !links.has('x0', [0, 0, 0, 0]));
      assert.equal(linksOf('concat along axis 1', 'x0', [0, 0, 0, 0]).includes('out'), false);
    });

    it('is quick for the largest layer of VGG-16, 25,088 inputs and 4,096 outputs', () => {
      const lazy = (...shape: number[]): LazyTensor => ({
        shape,
        dtype: 'float32',
        get: () => Promise.reject(new Error('nothing may be computed')),
      });
      const parameters = { W: lazy(25088, 4096), b: lazy(4096) };
      const operands = { inputs: [lazy(1, 512, 7, 7)], parameters, dout: lazy(1, 4096) };
      const { trace } = startAffine('fc6', {}, operands, createTensorStore().keep);
      const before = performance.now();
      const links = linkCells(
        [trace.info],
        linkable({ layers: [], steps: [], arrays: trace.arrays }),
        'out',
        [0, 4095],
      );
      assert.ok(links.has('W', [25087, 4095]) && !links.has('W', [25087, 0]));
      assert.ok(performance.now() - before < 500);
    });
  });
});
