import assert from 'node:assert/strict';
import { filterMetadata } from '../../../../webview/inspector/outline/metadataFilter';

const NODES = [
  { name: 'producer', value: 'PyTorch' },
  {
    name: 'opsets',
    children: [
      { name: 'ai.onnx', value: '17' },
      { name: 'ai.onnx.ml', value: '3' },
    ],
  },
];

describe('metadata filter', () => {
  it('keeps what matches by name or value, and the nodes around it', () => {
    assert.deepEqual(filterMetadata(NODES, 'torch'), [NODES[0]]);
    assert.deepEqual(filterMetadata(NODES, '.ml'), [
      { name: 'opsets', children: [{ name: 'ai.onnx.ml', value: '3' }] },
    ]);
  });

  it('keeps all inside a node that matches', () => {
    assert.deepEqual(filterMetadata(NODES, 'opset'), [NODES[1]]);
  });

  it('keeps all without a text, and nothing where none matches', () => {
    assert.equal(filterMetadata(NODES, ''), NODES);
    assert.deepEqual(filterMetadata(NODES, 'keras'), []);
  });
});
