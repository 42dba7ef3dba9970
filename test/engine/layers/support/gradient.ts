import assert from 'node:assert/strict';
import type { Tensor } from '../../../../engine';
import type { StartLayer } from '../../../../engine/layers';
import { start, type Given } from './startLayer';

/**
 * Asserts that the gradients of a layer are those of Σ out · dout, by centred differences over every element of its
 * inputs and of those parameters it has gradients for. All in float64.
 */
export async function assertGradients<Attributes>(
  startLayer: StartLayer<Attributes>,
  attributes: Attributes,
  given: Given,
): Promise<void> {
  const { layer } = start(startLayer, attributes, given);
  const loss = async (): Promise<number> => {
    const out = (await start(startLayer, attributes, given).layer.out.get()).numbers();
    return Array.from(given.dout.numbers()).reduce((sum, gradient, i) => sum + gradient * out[i], 0);
  };
  for (const [i, input] of given.inputs.entries())
    await assertGradient(`dx${i}`, await layer.dx[i].get(), input, loss);
  for (const [role, gradient] of Object.entries(layer.dparameters)) {
    const parameter = given.parameters?.[role];
    assert.ok(parameter, `a gradient for ${role}, which is no parameter`);
    await assertGradient(`d${role}`, await gradient.get(), parameter, loss);
  }
}

async function assertGradient(
  what: string,
  gradient: Tensor,
  variable: Tensor,
  loss: () => Promise<number>,
  h = 1e-5,
): Promise<void> {
  assert.deepEqual(gradient.shape, variable.shape, what);
  const values = variable.numbers();
  for (const [i, value] of values.entries()) {
    values[i] = value + h;
    const above = await loss();
    values[i] = value - h;
    const below = await loss();
    values[i] = value;
    const expected = (above - below) / (2 * h);
    const actual = gradient.numbers()[i];
    assert.ok(Math.abs(actual - expected) < 1e-6, `${what}[${i}] is ${actual}, numerically ${expected}`);
  }
}
