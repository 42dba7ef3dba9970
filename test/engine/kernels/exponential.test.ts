import assert from 'node:assert/strict';
import { Tensor } from '../../../engine';
import { exp, finish, tanh } from '../../../engine/kernels';
import { randomNumbers } from '../support/arrays';
import { wasmKernels } from './support/kernelSets';

/** Where results become 0, infinite or denormal, and around. */
const EDGES = [
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  5e-324,
  1e-320,
  1e-300,
  1e-9,
  0.3465,
  0.3466,
  0.62499,
  0.625,
  1,
  19,
  22,
  354,
  708.3,
  708.4,
  709.78,
  709.79,
  710,
  710.1,
  744.4,
  745.13,
  745.14,
  746,
  746.1,
  1e5,
  1e300,
];

/** Numbers of all sizes, with both signs. */
function* numbers(): Generator<number> {
  for (const edge of EDGES) yield* [edge, -edge];
  const next = randomNumbers(1);
  for (const range of [750, 40, 2, 1e-3, 1e-8]) for (let i = 0; i < 20_000; i++) yield range * next();
}

const spacing = (value: number): number =>
  Math.max(2 ** (Math.floor(Math.log2(Math.abs(value))) - 52), 2 ** -1074);

function assertWithin(units: number, found: number, expected: number, x: number): void {
  const isNear = Object.is(found, expected) || Math.abs(found - expected) <= units * spacing(expected);
  assert.ok(isNear, `of ${x}: ${found}, not ${expected}`);
}

describe('functions that hardware does not have', () => {
  it('e^x is that of JavaScript to the last place', () => {
    for (const x of numbers()) assertWithin(1, exp(x), Math.exp(x), x);
  });

  for (const kernels of wasmKernels('fast')) {
    const assertClose = (found: Tensor, x: Tensor, expected: (x: number) => number): void => {
      x.numbers().forEach((value, i) => {
        const wanted = Math.fround(expected(value));
        const result = found.numbers()[i];
        const most = Math.max(1e-6 * Math.abs(wanted), 2 ** -149);
        assert.ok(
          Object.is(result, wanted) || Math.abs(result - wanted) <= most,
          `of ${value}: ${result}, not ${wanted}`,
        );
      });
    };
    const all = [...numbers()].flatMap(number => [number, number / 8]);
    const x = Tensor.from(all, [all.length]);

    it(`e^x is within 1e-6 of it in fast arithmetic: ${kernels.set}`, () => {
      const powers = finish(kernels.mapCells('expBelow', [x], { run: Infinity, values: [[0]] }));
      assertClose(powers, x, Math.exp);
    });

    it(`so are the tangent and the sigmoid: ${kernels.set}`, () => {
      assertClose(finish(kernels.mapCells('tanh', [x])), x, Math.tanh);
      assertClose(
        finish(kernels.mapCells('sigmoid', [x])),
        x,
        value => 1 / (1 + Math.fround(Math.exp(-value))),
      );
    });
  }

  it('the tangent is that of JavaScript to the last but one', () => {
    for (const x of numbers()) assertWithin(3, tanh(x), Math.tanh(x), x);
  });
});
