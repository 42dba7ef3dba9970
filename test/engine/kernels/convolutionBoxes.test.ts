import assert from 'node:assert/strict';
import { convolutionGeometry } from '../../../engine';
import { createSingleCrew, finish, reference } from '../../../engine/kernels';
import { createArena } from '../../../engine/kernels/wasm/memory/arena';
import { convolve } from '../../../engine/kernels/wasm/convolution/convolution';
import { partsOf } from '../../../engine/kernels/wasm/convolution/convolutionBoxes';
import { createResultMemory } from '../../../engine/kernels/wasm/memory/resultMemory';
import { assertTensor, random } from '../support/arrays';
import { assertClose } from './support/closeness';
import { CONVOLUTIONS } from './support/convolutions';
import { kernelSets, moduleOf } from './support/kernelSets';

/**
 * Bytes for the operands and results of a part of a convolution: less than most of these need as a whole, and some times
 * what the filters take, as these are transformed for each part once more.
 */
const BUDGET = 2 ** 13;
const BUDGET_PER_BYTE_OF_W = 3;

describe('convolution in parts that fit into little memory', () => {
  const [set] = kernelSets();
  const crew = createSingleCrew(moduleOf(set));
  const arena = createArena(crew.memory);
  const machine = { set, crew, arena, results: createResultMemory(arena) };

  for (const [xShape, WShape, options] of CONVOLUTIONS) {
    it(`${xShape.join('×')} * ${WShape.join('×')} ${JSON.stringify(options)}`, () => {
      const geometry = convolutionGeometry(xShape, WShape, options);
      const [x, W, b] = [xShape, WShape, [WShape[0]]].map((shape, i) => random(shape, i, 'float32'));
      const expected = finish(reference.convolve(x, W, b, geometry));
      const budget = Math.max(BUDGET, BUDGET_PER_BYTE_OF_W * W.data.byteLength);
      assertTensor(finish(convolve(machine, 'exact', x, W, b, geometry, true, budget)), expected);
      assertClose(finish(convolve(machine, 'fast', x, W, b, geometry, true, budget)), expected);
    });
  }
});

describe('the parts of a box', () => {
  const partsAlong = (to: number, unit: number): (readonly [number, number])[] =>
    [...partsOf({ h: [3, to] }, ['h'], ({ h }) => h[1] - h[0], 5, { h: unit })].map(({ h }) => h);

  it('follow one another and are as small as asked for', () => {
    assert.deepEqual(partsAlong(16, 1), [
      [3, 7],
      [7, 10],
      [10, 13],
      [13, 16],
    ]);
  });

  it('end between units, which stay together', () => {
    assert.deepEqual(partsAlong(16, 4), [
      [3, 7],
      [7, 11],
      [11, 16],
    ]);
    assert.deepEqual(partsAlong(16, 8), [
      [3, 11],
      [11, 16],
    ]);
  });
});
