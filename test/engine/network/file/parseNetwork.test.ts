import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseNetwork, type FileFault } from '../../../../engine/network';

const CONVNET = `{
  // The network of the book.
  "name": "SimpleConvNet",
  "input": {"shape": ["N", 1, 28, 28], "file": "digits.npz", "array": "x", "sample": 3},
  "params": "params.pkl",
  "layers": [
    {"type": "conv", "name": "conv1", "W": "W1", "b": "b1", "stride": 1, "pad": [0, 1]},
    {"type": "relu"},
    {"type": "maxpool", "size": 2, "stride": 2, "ceilMode": false},
    {"type": "relu"},
    {"type": "add", "from": ["relu2", "maxpool1"]},
    {"type": "softmaxWithLoss", "target": {"file": "digits.npz", "array": "t"}}, /* the end */
  ],
}`;

/** What is wrong: the word for it, and what it points at. */
function faultsOf(text: string): [FileFault['fault'], string][] {
  return parseNetwork(text).faults.map(({ fault, range: { offset, length } }) => [
    fault,
    text.slice(offset, offset + length),
  ]);
}

/** The faults of layers whose input is all right. */
function layerFaults(layers: string): [FileFault['fault'], string][] {
  return faultsOf(`{"input": {"shape": ["N", 4]}, "layers": [${layers}]}`);
}

const layersOf = (layers: string) =>
  parseNetwork(`{"input": {"shape": ["N", 4]}, "layers": [${layers}]}`).network.layers;

describe('parseNetwork', () => {
  it('reads a network with comments and trailing commas', () => {
    const { network, faults } = parseNetwork(CONVNET);
    assert.deepEqual(faults, []);
    assert.equal(network.name, 'SimpleConvNet');
    assert.deepEqual(network.input, {
      shape: ['N', 1, 28, 28],
      tensor: { file: 'digits.npz', array: 'x', sample: 3 },
    });
    assert.deepEqual(network.params, ['params.pkl']);
    assert.deepEqual(
      network.layers.map(({ name, from }) => [name, ...from]),
      [
        ['conv1', 'input'],
        ['relu1', 'conv1'],
        ['maxpool1', 'relu1'],
        ['relu2', 'maxpool1'],
        ['add1', 'relu2', 'maxpool1'],
        ['softmaxWithLoss1', 'add1'],
      ],
    );
    assert.deepEqual(network.layers[0].attributes, { stride: 1, pad: [0, 1] });
    assert.deepEqual(network.layers[0].parameters, { W: 'W1', b: 'b1' });
    assert.deepEqual(network.layers[5].target, { file: 'digits.npz', array: 't', sample: undefined });
  });

  it('takes several params files, and labels as numbers', () => {
    const { network, faults } = parseNetwork(
      '{"input": {"shape": [1, 2]}, "params": ["a.npz", "b.npz"], "layers": [{"type": "softmaxWithLoss", "target": [1, 0]}]}',
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(network.params, ['a.npz', 'b.npz']);
    assert.deepEqual(network.layers[0].target, [1, 0]);
  });

  describe('names', () => {
    it('numbers layers by their type, past names that are taken', () => {
      const layers = layersOf(
        '{"type": "relu", "name": "relu2"}, {"type": "relu"}, {"type": "relu"}, {"type": "tanh"}',
      );
      assert.deepEqual(
        layers.map(({ name }) => name),
        ['relu2', 'relu3', 'relu4', 'tanh1'],
      );
    });

    it('refuses names that are taken, and "input"', () => {
      assert.deepEqual(layerFaults('{"type": "relu", "name": "a"}, {"type": "relu", "name": "a"}'), [
        ['duplicateName', '"a"'],
      ]);
      assert.deepEqual(layerFaults('{"type": "relu", "name": "input"}'), [['duplicateName', '"input"']]);
      const [, second] = layersOf('{"type": "relu", "name": "a"}, {"type": "relu", "name": "a"}');
      assert.equal(second.name, 'relu2');
    });

    it('takes names of Object.prototype as any other', () => {
      const [layer] = layersOf(
        '{"type": "conv", "name": "__proto__", "W": "constructor", "__proto__": {"pad": 9}}',
      );
      assert.equal(layer.name, '__proto__');
      assert.deepEqual(Object.keys(layer.attributes), []);
      assert.equal(layer.parameters.W, 'constructor');
      assert.deepEqual(layerFaults('{"type": "__proto__"}'), [['unknownType', '"__proto__"']]);
      assert.deepEqual(layerFaults('{"type": "relu", "from": "toString"}'), [['unknownLayer', '"toString"']]);
    });
  });

  describe('references', () => {
    it('points at names of later layers, of itself, and of none; the layer before is taken then', () => {
      const layers =
        '{"type": "relu", "name": "a", "from": "b"}, {"type": "add", "name": "b", "from": ["a", "b"]}, {"type": "relu", "from": "aa"}';
      assert.deepEqual(layerFaults(layers), [
        ['laterLayer', '"b"'],
        ['laterLayer', '"b"'],
        ['unknownLayer', '"aa"'],
      ]);
      assert.deepEqual(
        layersOf(layers).map(({ from }) => from),
        [['input'], ['a'], ['b']],
      );
      assert.equal(parseNetwork(`{"layers": [${layers}]}`).faults.at(-1)!.replacement, '"a"');
    });

    it('refuses a second input of a layer that takes one', () => {
      assert.deepEqual(layerFaults('{"type": "relu"}, {"type": "relu", "from": ["input", "relu1"]}'), [
        ['wrongKind', '["input", "relu1"]'],
      ]);
    });

    it('reads a layer that is left out as what it would have taken', () => {
      const [, second] = layersOf(
        '{"type": "relu"}, {"type": "nothing", "name": "x"}, {"type": "relu", "from": "x"}',
      );
      assert.deepEqual(second.from, ['relu1']);
    });
  });

  describe('faults', () => {
    it('takes a misspelt type for the nearest one', () => {
      assert.deepEqual(layerFaults('{"type": "cnov", "W": "W1"}'), [['unknownType', '"cnov"']]);
      assert.equal(layersOf('{"type": "cnov", "W": "W1"}')[0].type, 'conv');
      assert.equal(parseNetwork('{"layers": [{"type": "Relu"}]}').faults.at(-1)!.replacement, '"relu"');
    });

    it('points at unknown keys, and knows the nearest', () => {
      assert.deepEqual(layerFaults('{"type": "conv", "strid": 1, "colour": 1}'), [
        ['unknownKey', '"strid"'],
        ['unknownKey', '"colour"'],
      ]);
      const [strid, colour] = parseNetwork(
        '{"input": {"shape": [1]}, "layers": [{"type": "conv", "strid": 1, "colour": 1}]}',
      ).faults;
      assert.equal(strid.replacement, '"stride"');
      assert.match(strid.message, /conv has no "strid".*did you mean "stride"\?/);
      assert.equal(colour.replacement, undefined);
    });

    it('takes a misspelt key for the nearest one that is not given', () => {
      const [layer] = layersOf('{"type": "conv", "stirde": 3, "pad": 1, "padd": 2}');
      assert.deepEqual(layer.attributes, { stride: 3, pad: 1 });
      assert.equal(
        parseNetwork('{"input": {"shape": [1]}, "layer": [{"type": "relu"}]}').network.layers.length,
        1,
      );
    });

    for (const [attribute, value] of [
      ['stride', '0'],
      ['stride', '"1"'],
      ['stride', '[1, 1, 1]'],
      ['stride', '1e999'],
      ['stride', '{"a": 1}'],
      ['pad', '-1'],
      ['pad', '[1, 1, 1]'],
      ['groups', '[1, 1]'],
      ['W', '7'],
    ]) {
      it(`refuses ${attribute} ${value}, and goes on without it`, () => {
        const text = `{"type": "conv", "name": "c", "${attribute}": ${value}}`;
        assert.deepEqual(layerFaults(text), [['wrongKind', value]]);
        assert.deepEqual(layersOf(text)[0].attributes, {});
      });
    }

    it('points at what is missing', () => {
      assert.deepEqual(faultsOf('{}'), [
        ['missingKey', '{'],
        ['missingKey', '{'],
      ]);
      assert.deepEqual(faultsOf('{"input": {}, "layers": []}'), [['missingKey', '{}']]);
      assert.deepEqual(layerFaults('{}'), [['missingKey', '{']]);
      assert.deepEqual(layerFaults('{"type": "softmaxWithLoss", "target": {}}'), [['missingKey', '{}']]);
    });

    it('says what a list has, that a name is empty, and that a layer cannot take its own result', () => {
      const messageOf = (layer: string): string =>
        parseNetwork(`{"input": {"shape": [1, 4]}, "layers": [${layer}]}`).faults[0].message;
      assert.match(messageOf('{"type": "conv", "stride": [1, 2, 3]}'), /; it is \[1, 2, 3\]$/);
      assert.match(messageOf('{"type": "relu", "name": ""}'), /^name must not be empty$/);
      assert.match(messageOf('{"type": "relu", "name": "c", "from": "c"}'), /this layer itself/);
      assert.deepEqual(faultsOf('{"input": {"shape": []}, "layers": []}'), [['wrongKind', '[]']]);
    });

    it('points at what is no object or list', () => {
      assert.deepEqual(faultsOf('[]'), [['wrongKind', '[]']]);
      assert.deepEqual(faultsOf('{"input": 3, "layers": {}}'), [
        ['wrongKind', '3'],
        ['wrongKind', '{}'],
      ]);
      assert.deepEqual(layerFaults('"relu"'), [['wrongKind', '"relu"']]);
    });

    it('says of keys given twice that the first counts', () => {
      assert.deepEqual(layerFaults('{"type": "conv", "pad": 1, "pad": 2}'), [['duplicateKey', '"pad"']]);
      assert.deepEqual(layersOf('{"type": "conv", "pad": 1, "pad": 2}')[0].attributes, { pad: 1 });
    });
  });

  describe('broken text', () => {
    it('reads what stands before and after the fault', () => {
      const text =
        '{"input": {"shape": [1, 4]}, "layers": [{"type": "relu"}, {"type": "conv", "pad": }, {"type": "tanh"}';
      const { network, faults } = parseNetwork(text);
      assert.deepEqual(
        network.layers.map(({ type }) => type),
        ['relu', 'conv', 'tanh'],
      );
      assert.ok(faults.every(({ fault }) => fault === 'syntax'));
    });

    it('says that an empty file has no network', () => {
      assert.deepEqual(faultsOf(''), [['syntax', '']]);
      assert.deepEqual(faultsOf('// nothing yet'), [['syntax', '']]);
    });

    it('reads any beginning of a file', () => {
      fc.assert(
        fc.property(fc.nat(CONVNET.length), length => {
          const { network, source } = parseNetwork(CONVNET.slice(0, length));
          assert.equal(source.positions.layers.length, network.layers.length);
        }),
        { numRuns: 500 },
      );
    });

    it('says nothing of what is behind the end of a file that ends with the beginning of a comment', () => {
      for (const layer of ['', '{', '{ "type": "conv", "stride": [1,', '{ "type"']) {
        const text = `{ "layers": [${layer}/*`;
        const { faults, source } = parseNetwork(text);
        for (const { range } of faults) assert.ok(range.offset + range.length <= text.length);
        const { offset, length } = source.rangeOf({ layer: 0 });
        assert.ok(offset + length <= text.length);
      }
    });

    it('reads a file with any letters changed or left out', () => {
      const change = fc.tuple(
        fc.nat(CONVNET.length),
        fc.nat(5),
        fc.constantFrom('', '{', '}', '[', ']', '"', ',', ':', '1', '/*'),
      );
      fc.assert(
        fc.property(fc.array(change, { maxLength: 6 }), changes => {
          const text = changes.reduce(
            (was, [at, length, put]) => was.slice(0, at) + put + was.slice(at + length),
            CONVNET,
          );
          const { network, faults, source } = parseNetwork(text);
          assert.equal(new Set(network.layers.map(({ name }) => name)).size, network.layers.length);
          for (const { range } of faults) assert.ok(range.offset + range.length <= text.length);
          network.layers.forEach(({ from }, i) => {
            const earlier = ['input', ...network.layers.slice(0, i).map(({ name }) => name)];
            assert.ok(from.length > 0 && from.every(name => earlier.includes(name)));
            assert.equal(source.layerAt(source.rangeOf({ layer: i }).offset + 1), i);
          });
        }),
        { numRuns: 500 },
      );
    });

    for (const [what, text] of [
      ['100,000 brackets', '['.repeat(100_000)],
      ['100,000 closing braces', '}'.repeat(100_000)],
      ['100,000 commas', `[${','.repeat(100_000)}`],
      ['a comment of a megabyte', `/*${'x'.repeat(2 ** 20)}`],
      ['a name of a megabyte', `{"layers": [{"type": "${'x'.repeat(2 ** 20)}"}]}`],
    ]) {
      it(`refuses ${what}`, () => {
        const { network, faults } = parseNetwork(text);
        assert.deepEqual(network.layers, []);
        assert.ok(faults.length > 0 && faults.length <= 100);
        for (const { message } of faults) assert.ok(message.length < 400);
      });
    }

    it('reads the first ten thousand layers of a hundred thousand', () => {
      const text = `{"input": {"shape": [1, 2]}, "layers": [${'{"type":"relu"},'.repeat(100_000)}]}`;
      const { network, faults } = parseNetwork(text);
      assert.equal(network.layers.length, 10_000);
      assert.equal(faults.length, 1);
      assert.equal(faults[0].fault, 'tooLarge');
      assert.match(faults[0].message, /100000/);
    });
  });

  describe('positions', () => {
    const { source } = parseNetwork(CONVNET);
    const at = (text: string) => CONVNET.indexOf(text);
    const textOf = ({ offset, length }: { offset: number; length: number }) =>
      CONVNET.slice(offset, offset + length);

    it('finds values, keys and layers', () => {
      assert.equal(textOf(source.rangeOf({ layer: 0, key: 'pad' })), '[0, 1]');
      assert.equal(textOf(source.rangeOf({ layer: 1 })), '{"type": "relu"}');
      assert.equal(textOf(source.rangeOf({ key: 'params' })), '"params.pkl"');
    });

    it('finds parts of values', () => {
      assert.equal(textOf(source.rangeOf({ key: 'input', within: 'file' })), '"digits.npz"');
      assert.equal(textOf(source.rangeOf({ layer: 0, key: 'pad', within: '1' })), '1');
      assert.equal(textOf(source.rangeOf({ key: 'params', within: '0' })), '"params.pkl"');
    });

    it('points at the key of a value that has no such part', () => {
      assert.equal(textOf(source.rangeOf({ key: 'input', within: 'missing' })), '"input"');
    });

    it('points at the type of a layer for a key that is not there, and at the start for one of the head', () => {
      assert.equal(textOf(source.rangeOf({ layer: 1, key: 'from' })), '"relu"');
      assert.equal(textOf(source.rangeOf({ key: 'nothing' })), '{');
    });

    it('finds the layer and the key at an offset', () => {
      assert.deepEqual(source.placeAt(at('"W1"') + 1), { layer: 0, key: 'W' });
      assert.deepEqual(source.placeAt(at('"stride": 1')), { layer: 0, key: 'stride' });
      assert.deepEqual(source.placeAt(at('digits.npz')), { layer: undefined, key: 'input' });
      assert.equal(source.layerAt(at('the end')), undefined);
      assert.equal(source.layerAt(at('"maxpool"')), 2);
    });

    it('counts lines from 1', () => {
      assert.deepEqual(source.lines(CONVNET), [7, 8, 9, 10, 11, 12]);
    });
  });
});
