import assert from 'node:assert/strict';
import { parseNetwork, writeNetwork, type Network } from '../../../../engine/network';

const RESIDUAL: Network = {
  name: 'Residual "block"',
  input: { shape: ['N', 8, 14, 14], tensor: { file: 'x.npz', array: 'x', sample: 2 } },
  params: ['a.npz', 'b.npz'],
  layers: [
    {
      name: 'conv1',
      type: 'conv',
      from: ['input'],
      attributes: { pad: [1, 1], groups: 2 },
      parameters: { W: 'W1', b: 'b1' },
      target: undefined,
    },
    { name: 'act', type: 'relu', from: ['conv1'], attributes: {}, parameters: {}, target: undefined },
    { name: 'sum', type: 'add', from: ['act', 'input'], attributes: {}, parameters: {}, target: undefined },
    { name: 'again', type: 'tanh', from: ['conv1'], attributes: {}, parameters: {}, target: undefined },
    {
      name: 'loss',
      type: 'softmaxWithLoss',
      from: ['again'],
      attributes: {},
      parameters: {},
      target: [3, 1],
    },
  ],
};

describe('writeNetwork', () => {
  it('writes what parseNetwork reads', () => {
    const { network, faults } = parseNetwork(writeNetwork(RESIDUAL));
    assert.deepEqual(faults, []);
    assert.deepEqual(network, RESIDUAL);
  });

  it('writes a layer a line, and where it takes its input from only where that is not the layer before', () => {
    const lines = writeNetwork(RESIDUAL).split('\n');
    assert.equal(lines[1], '  "name": "Residual \\"block\\"",');
    assert.deepEqual(lines.slice(5, 9), [
      '    {"type": "conv", "name": "conv1", "W": "W1", "b": "b1", "pad": [1, 1], "groups": 2},',
      '    {"type": "relu", "name": "act"},',
      '    {"type": "add", "name": "sum", "from": ["act", "input"]},',
      '    {"type": "tanh", "name": "again", "from": "conv1"},',
    ]);
  });
});
