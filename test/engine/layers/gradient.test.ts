import assert from 'node:assert/strict';
import { Convolution, Pooling, Tensor, type ConvolutionOptions, type PoolingOptions } from '../../../engine';
import { random } from '../support/arrays';

/** Centred differences (f(v + h) − f(v − h)) / 2h of Σ out·dout over every element of `variable`. */
function numericalGradient(variable: Tensor, loss: () => number, h = 1e-4): number[] {
  const values = variable.numbers();
  return Array.from(values, (value, i) => {
    values[i] = value + h;
    const above = loss();
    values[i] = value - h;
    const below = loss();
    values[i] = value;
    return (above - below) / (2 * h);
  });
}

function assertGradient(what: string, analytic: Tensor | undefined, numeric: number[]): void {
  assert.ok(analytic, `${what} is there`);
  numeric.forEach((expected, i) => {
    const error = Math.abs(analytic.numbers()[i] - expected);
    assert.ok(error < 1e-6, `${what}[${i}] is ${analytic.numbers()[i]}, numerically ${expected}`);
  });
}

const innerProduct = (a: Tensor, b: Tensor): number =>
  Array.from(a.numbers()).reduce((sum, value, i) => sum + value * b.numbers()[i], 0);

describe('Convolution gradients, numerically, over all attribute combinations', () => {
  const strides = [1, [2, 1], 3] as const;
  const pads = [0, 1, [2, 1], [0, 1, 2, 3]] as const;
  const dilations = [1, [1, 2]] as const;
  for (const stride of strides)
    for (const pad of pads)
      for (const dilation of dilations)
        for (const groups of [1, 2, 4]) {
          for (const withBias of [true, false]) {
            const options: ConvolutionOptions = { stride, pad, dilation, groups };
            it(`${JSON.stringify(options)}${withBias ? '' : ' without bias'}`, () => {
              const x = random([2, 4, 5, 6], 1);
              const W = random([4, 4 / groups, 3, 2], 2);
              const b = withBias ? random([4], 3) : null;
              const layer = new Convolution(W, b, options);
              const dout = random(layer.forward(x).shape, 4);
              const dx = layer.backward(dout);
              const loss = (): number => innerProduct(new Convolution(W, b, options).forward(x), dout);
              assertGradient('dW', layer.dW, numericalGradient(W, loss));
              if (b) assertGradient('db', layer.db, numericalGradient(b, loss));
              if (stride === 1) assertGradient('dx', dx, numericalGradient(x, loss));
              else assertAdjoint(layer, x, dout, dx);
            });
          }
        }
});

/** For a layer linear in x: ⟨layer(x) − layer(0), dout⟩ = ⟨x, dx⟩. As strong as a numerical dx, and much cheaper. */
function assertAdjoint(layer: Convolution, x: Tensor, dout: Tensor, dx: Tensor): void {
  const zero = layer.forward(Tensor.zeros(x.shape, 'float64'));
  const left = innerProduct(layer.forward(x), dout) - innerProduct(zero, dout);
  assert.ok(Math.abs(left - innerProduct(x, dx)) < 1e-9);
}

describe('Pooling gradients, numerically', () => {
  const options: PoolingOptions[] = [];
  for (const kind of ['max', 'average'] as const)
    for (const stride of [1, 2, [3, 1]] as const)
      for (const pad of [0, 1, [1, 0, 0, 1]] as const)
        for (const ceilMode of [false, true])
          for (const countIncludePad of kind === 'max' ? [true] : [true, false])
            options.push({ kind, size: [2, 3], stride, pad, ceilMode, countIncludePad });
  for (const option of [...options, { kind: 'average', size: 'global' } as const]) {
    it(JSON.stringify(option), () => {
      const x = random([2, 2, 5, 6], 5);
      const layer = new Pooling(option);
      const dout = random(layer.forward(x).shape, 6);
      const dx = layer.backward(dout);
      assertGradient(
        'dx',
        dx,
        numericalGradient(x, () => innerProduct(new Pooling(option).forward(x), dout)),
      );
    });
  }
});
