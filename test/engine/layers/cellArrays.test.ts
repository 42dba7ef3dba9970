import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_TERMS, readTensor, wholeRegion } from '../../../engine';
import { startAffine, startBatchnorm } from '../../../engine/layers';
import { full, random } from '../support/arrays';
import { regionsOf } from '../tensor/arbitraries';
import { start } from './support/startLayer';

describe('arrays that are computed as they are read', () => {
  it('have the same numbers in whatever pieces they are read', async () => {
    const shape = [3, 2, 4, 3];
    const parameters = {
      gamma: random([2], 2),
      beta: random([2], 3),
      mean: random([2], 4),
      var: full([2], 2),
    };
    const given = { inputs: [random(shape, 1)], parameters, dout: random(shape, 5) };
    const { source } =
      start(startBatchnorm, { eps: 0 }, given).layer.trace.arrays.get('scaled') ?? assert.fail();
    const whole = await source.read(wholeRegion(shape));
    // From some axis on all of it, as what lies in one piece is.
    const regions = fc
      .tuple(regionsOf(shape), fc.nat(shape.length))
      .map(([region, from]) => [...region.slice(0, from), ...wholeRegion(shape).slice(from)]);
    await fc.assert(
      fc.asyncProperty(regions, async asked => {
        assert.deepEqual(await source.read(asked), readTensor(whole, asked));
      }),
      { numRuns: 300 },
    );
  });

  it('explain a long sum by its first terms and all of its value', async () => {
    const count = MAX_TERMS + 1000;
    const x = random([1, count], 1);
    const W = random([count, 1], 2);
    const { layer } = start(startAffine, {}, { inputs: [x], parameters: { W }, dout: full([1, 1], 1) });
    const explanation = await layer.trace.arrays.get('out')?.explain([0, 0]);
    assert.equal(explanation?.terms.length, MAX_TERMS);
    assert.equal(explanation.termCount, count);
    assert.equal(explanation.sum, explanation.cell.value);
  });
});
