import { layerKinds } from '../kinds';
import type { AttributeForm, AttributeKind, LayerKind, ParameterKind } from '../kinds/kind';
import { takesTarget } from './layerKeys';

/** A JSON schema, or a part of one, as far as it is used here. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const WHOLE: JsonSchema = { type: 'integer' };

/** What values of each form look like. */
const FORMS: Readonly<Record<AttributeForm, JsonSchema>> = {
  count: WHOLE,
  pair: { oneOf: [WHOLE, list(WHOLE)] },
  pad: { oneOf: [WHOLE, list(WHOLE)] },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  shape: list({ type: ['integer', 'string'] }),
  axes: list(WHOLE),
  axis: WHOLE,
};

const TEXT: JsonSchema = { type: 'string' };

const REFERENCE: Readonly<Record<string, JsonSchema>> = {
  file: hint('Path of a file of arrays, relative to this one.', TEXT),
  array: hint("The array's name in the file; not needed where the file has only one that fits.", TEXT),
  sample: hint('Position of the first sample that is taken; 0 where it is left out.', WHOLE),
};

/** The labels of a loss. */
const TARGET: JsonSchema = {
  ...hint('The labels: class numbers, or the array of a file.', { oneOf: [list(WHOLE), { type: 'object' }] }),
  properties: REFERENCE,
};

/**
 * The JSON schema of `*.cnn.json`, made from the kinds of layers: what keys there are, what they mean, and what they
 * are where they are left out. It refuses nothing: what is wrong, and what would mend it, `parseNetwork` says better,
 * and nobody wants to be told twice.
 */
export function networkSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A convolutional network, layer by layer',
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      name: hint('What the network is called.', TEXT),
      input: {
        ...hint('What the network is given.', { type: 'object' }),
        properties: {
          shape: hint('Sizes of its axes; "N" leaves the batch open.', FORMS.shape),
          ...REFERENCE,
        },
        default: { shape: ['N', 1, 28, 28] },
      },
      params: hint(
        'The file of the parameters, or a list of files. Of equal names, the first file’s counts.',
        TEXT,
      ),
      layers: {
        ...hint('The layers. Each takes what the one before it gives, or what it names in "from".', {
          type: 'array',
        }),
        items: LAYER,
        default: [],
      },
    },
  };
}

const LAYER: JsonSchema = {
  properties: {
    type: hint('What the layer does.', {
      enum: layerKinds.map(({ type }) => type),
      enumDescriptions: layerKinds.map(({ description }) => description),
    }),
    name: hint('Unique in the network. Type and number where it is left out, e.g. relu1.', TEXT),
    from: hint('The earlier layer that it takes the output of, or a list of them, or "input".', TEXT),
  },
  allOf: layerKinds.map(kind => ({
    if: { properties: { type: { const: kind.type } }, required: ['type'] },
    then: { properties: keysOfKind(kind) },
  })),
};

function keysOfKind(kind: LayerKind): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries([
    ...kind.parameters.map(parameter => [parameter.role, parameterSchema(parameter)] as const),
    ...kind.attributes.map(attribute => [attribute.name, attributeSchema(attribute)] as const),
    ...(takesTarget(kind) ? [['target', TARGET] as const] : []),
  ]);
}

function parameterSchema({ axes, optional, description }: ParameterKind): JsonSchema {
  return hint(
    `${description} Name of an array ${axes} of the params files${optional ? '; may be left out' : ''}.`,
    TEXT,
  );
}

function attributeSchema({ form, default: byDefault, description }: AttributeKind): JsonSchema {
  return { ...hint(description, FORMS[form]), ...(byDefault !== undefined && { default: byDefault }) };
}

/** What a value means and usually looks like; any other is let pass, too. */
function hint(description: string, usual: JsonSchema): JsonSchema {
  return { description, anyOf: [usual, {}] };
}

function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}
