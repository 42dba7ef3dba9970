import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyChanges, parseNetwork, type Fix } from '../../../../engine/network';

/** The text with the changes. */
function changed(text: string, changes: Fix['changes']): string {
  const { range, text: put } = applyChanges(text, parseNetwork(text).source.positions, changes);
  return text.slice(0, range.offset) + put + text.slice(range.offset + range.length);
}

const NETWORK = `{
  "input": {"shape": ["N", 1, 28, 28]}, // pictures
  "layers": [
    {"type": "conv", "W": "W1", "pad": [0, 1]}, // the first
    /* the second */ {"type": "nothing"},
    {
      "type": "maxpool",
      "size": 2
    }
  ]
}`;

describe('applyChanges', () => {
  it('sets a key that is there, and leaves everything else as it is', () => {
    assert.equal(
      changed(NETWORK, [{ place: { layer: 0, key: 'pad' }, value: 2 }]),
      NETWORK.replace('[0, 1]', '2'),
    );
    assert.equal(
      changed(NETWORK, [{ place: { layer: 0, key: 'pad' }, value: [0, 0, 1, 1] }]),
      NETWORK.replace('[0, 1]', '[0, 0, 1, 1]'),
    );
  });

  it('adds a key as its neighbours stand: in the same line, or in one of its own', () => {
    assert.equal(
      changed(NETWORK, [{ place: { layer: 0, key: 'stride' }, value: 2 }]),
      NETWORK.replace('[0, 1]}', '[0, 1], "stride": 2}'),
    );
    assert.equal(
      changed(NETWORK, [{ place: { layer: 1, key: 'stride' }, value: 2 }]),
      NETWORK.replace('"size": 2\n', '"size": 2,\n      "stride": 2\n'),
    );
  });

  it('removes a key', () => {
    assert.equal(
      changed(NETWORK, [{ place: { layer: 0, key: 'pad' }, value: undefined }]),
      NETWORK.replace(', "pad": [0, 1]', ''),
    );
    assert.equal(changed(NETWORK, [{ place: { layer: 0, key: 'stride' }, value: undefined }]), NETWORK);
  });

  it('makes several changes at once', () => {
    assert.equal(
      changed(NETWORK, [
        { place: { layer: 0, key: 'pad' }, value: undefined },
        { place: { layer: 0, key: 'wAxes' }, value: [3, 2, 0, 1] },
        { place: { layer: 1, key: 'size' }, value: 3 },
      ]),
      NETWORK.replace(', "pad": [0, 1]', ', "wAxes": [3, 2, 0, 1]').replace('"size": 2', '"size": 3'),
    );
  });

  it('sets the shape of the input', () => {
    assert.equal(
      changed(NETWORK, [{ place: { key: 'input' }, value: ['N', 3, 28, 28] }]),
      NETWORK.replace('["N", 1,', '["N", 3,'),
    );
  });

  it('inserts layers: before others, counted without those that cannot be read, and at the end', () => {
    const relu = { type: 'relu' };
    const before = changed(NETWORK, [{ before: 1, layer: relu }]);
    assert.deepEqual(
      parseNetwork(before).network.layers.map(({ type }) => type),
      ['conv', 'relu', 'maxpool'],
    );
    assert.ok(before.includes('{"type": "relu"},\n    {\n      "type": "maxpool"'), before);
    const atEnd = changed(NETWORK, [{ before: 2, layer: { type: 'reshape', shape: ['N', -1] } }]);
    assert.ok(atEnd.includes('\n    },\n    {"type": "reshape", "shape": ["N", -1]}\n  ]'), atEnd);
    const empty = '{"input": {"shape": [1]}, "layers": []}';
    assert.equal(changed(empty, [{ before: 0, layer: relu }]), empty.replace('[]', '[{"type": "relu"}]'));
  });

  it('gives a text that reads as the changed network, whatever the layout', () => {
    const layout = fc.constantFrom('', ' ', '\n', '\n  ', ' /* a comment */ ', ' // a comment\n');
    const value = fc.oneof(fc.nat(9), fc.boolean(), fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(layout, { minLength: 12, maxLength: 12 }), value, (gaps, given) => {
        const [a, b, c, d, e, f, g, h, i, j, k, l] = gaps;
        const text = `{${a}"input":${b}{"shape": [1, 4]}${c},${d}"layers"${e}:${f}[${g}{${h}"type":${i}"conv"${j},"x": 1}${k}]${l}}`;
        const { faults } = parseNetwork(changed(text, [{ place: { layer: 0, key: 'added' }, value: given }]));
        assert.deepEqual(
          faults.map(({ fault }) => fault),
          ['unknownKey', 'unknownKey'],
        );
      }),
    );
  });
});
