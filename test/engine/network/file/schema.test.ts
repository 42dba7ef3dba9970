import assert from 'node:assert/strict';
import { layerKinds, networkSchema, parseNetwork, type JsonSchema } from '../../../../engine/network';

interface LayerSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly allOf: readonly {
    readonly if: { readonly properties: { readonly type: { readonly const: string } } };
    readonly then: { readonly properties: Readonly<Record<string, JsonSchema>> };
  }[];
}

describe('networkSchema', () => {
  const { properties } = networkSchema() as {
    properties: { layers: { items: LayerSchema }; input: { properties: object } };
  };
  const layer = properties.layers.items;

  it('is JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(networkSchema())), networkSchema());
  });

  it('knows for each type the keys that a file may have, and what they mean', () => {
    assert.deepEqual(
      layer.allOf.map(part => part.if.properties.type.const),
      layerKinds.map(({ type }) => type),
    );
    for (const part of layer.allOf) {
      const type = part.if.properties.type.const;
      const keys = [...Object.keys(layer.properties), ...Object.keys(part.then.properties)];
      const text = `{"input": {"shape": [1]}, "layers": [{"type": "${type}", "?": 0}]}`;
      const [{ message }] = parseNetwork(text).faults;
      assert.deepEqual(/it takes (.*?)(;|$)/.exec(message)![1].split(', ').sort(), keys.sort(), message);
      for (const schema of Object.values(part.then.properties))
        assert.match(String(schema.description), /\.$/);
    }
  });

  it('says what attributes are where they are left out', () => {
    const conv = layer.allOf.find(part => part.if.properties.type.const === 'conv')!.then.properties;
    assert.equal(conv.stride.default, 1);
    assert.equal(conv.pad.default, 0);
    assert.equal(conv.filters.default, undefined);
  });
});
