import { ExpressionError } from '../errors';
import { kindOf, readAttributes, type AttributeValue, type AttributeValues } from '../network';
import type { NetworkRun } from '../run';
import { didYouMean } from './expression/arguments';
import { evaluate } from './expression/evaluate';
import { toValue } from './expression/operand';
import { parseStatement } from './expression/parser';
import { scopeAt, type Viewpoint } from './naming/scopeAt';
import type { Value } from './session';

/**
 * The attributes of a layer with one of them changed to the value of an expression: `2`, `(1, 2)`, `True`, `["N", -1]`.
 * @throws ExpressionError if the layer has no such attribute, or the expression no value that an attribute can have
 * @throws LayerMisfit if the layer does not fit with it
 */
export async function changedAttributes(
  viewpoint: Viewpoint,
  layer: number,
  name: string,
  expression: string,
): Promise<AttributeValues> {
  const { run } = viewpoint;
  const node = run.network.layers.at(layer);
  if (!node || layer < 0) throw new ExpressionError(`there is no layer ${layer}`);
  const kind = kindOf(node.type);
  const names = kind.attributes.map(attribute => attribute.name);
  if (!names.includes(name)) {
    const hint = didYouMean(name, names) || `; it has ${names.join(', ') || 'none'}`;
    throw new ExpressionError(`${node.type} has no attribute '${name}'${hint}`);
  }
  const operand = await evaluate(parseStatement(expression), scopeAt(viewpoint, 'network'));
  const attributes = { ...node.attributes, [name]: attributeValue(await toValue(operand), name) };
  checkFit(run, layer, attributes);
  return attributes;
}

/** @throws ExpressionError of arrays and texts */
function attributeValue(value: Value, name: string): AttributeValue {
  if (value.kind === 'number' || value.kind === 'boolean') return value.value;
  if (value.kind === 'tuple') {
    return value.items.map(item => {
      if (item.kind === 'number' || item.kind === 'text') return item.value;
      throw new ExpressionError(`${name} must be a list of numbers, with ${item.kind} in it it is none`);
    });
  }
  throw new ExpressionError(`${name} must be a number, True or False, or a list like (1, 2)`);
}

/** @throws LayerMisfit */
function checkFit({ network, analysis }: NetworkRun, layer: number, attributes: AttributeValues): void {
  const node = network.layers[layer];
  const { inputs, parameters } = analysis.layers[layer];
  const kind = kindOf(node.type);
  readAttributes(kind, attributes);
  // Those that are made follow from the attributes.
  const given = Object.entries(parameters).filter(([role]) => Object.hasOwn(node.parameters, role));
  kind.infer({ inputs, attributes, parameters: Object.fromEntries(given) });
}
