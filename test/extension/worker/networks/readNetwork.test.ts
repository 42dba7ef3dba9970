import assert from 'node:assert/strict';
import { readNetwork } from '../../../../extension/worker/networks/readNetwork';

const faultsOf = (...layers: string[]): string[] => {
  const text = `{"input": {"shape": ["N", 2, 8, 8]}, "layers": [${layers.join()}]}`;
  return readNetwork({ text, parameters: [], operands: new Map() }).problems.map(({ fault }) => fault);
};

describe('readNetwork', () => {
  it('tells of one mistake once: of its text, not of what follows from that', () => {
    assert.deepEqual(faultsOf('{"type": "maxpool", "size": 0}'), ['wrongKind']);
    assert.deepEqual(faultsOf('{"type": "relu", "name": "a"}', '{"type": "add", "from": ["a", "nope"]}'), [
      'unknownLayer',
    ]);
    assert.deepEqual(faultsOf('{"type": "relu"}', '{"type": "relu", "name": "c", "from": "c"}'), [
      'laterLayer',
    ]);
    assert.deepEqual(faultsOf('{"type": "maxpol"}'), ['unknownType']);
  });

  it('tells of shapes that do not fit in other layers all the same', () => {
    assert.deepEqual(faultsOf('{"type": "relu", "from": "nope"}', '{"type": "maxpool", "size": 99}'), [
      'unknownLayer',
      'windowTooLarge',
    ]);
  });
});
