import assert from 'node:assert/strict';
import { assignedAttribute } from '../../../extension/debug/assignedAttribute';

describe('an attribute that is set', () => {
  const names = ['conv1', 'layer1.0.conv', "it's"];
  const state = {
    layers: names.map(name => ({
      name,
      type: 'conv',
      from: [],
      attributes: {},
      inputs: [],
      parameters: [],
      parameterCount: 0,
      macs: 0,
      formulas: [],
      broken: false,
    })),
    position: { direction: 'forward', layer: 1 },
  } as const;

  it('is found by the name of its layer, as it is or as expressions write it', () => {
    for (const [expression, layer] of [
      ['conv1.stride', 0],
      ['stride', 1],
      ['layer1.0.conv.stride', 1],
      ["layers['layer1.0.conv'].stride", 1],
      ["layers['it\\'s'].stride", 2],
    ] as const) {
      assert.deepEqual(assignedAttribute(expression, state), { layer, name: 'stride' });
    }
  });

  it('belongs to a layer', () => {
    for (const expression of ['W1.shape', 'input.out', "layers['none'].pad"])
      assert.throws(() => assignedAttribute(expression, state), /only attributes of layers can be changed/);
  });
});
