import { INPUT } from '../network';
import type { NetworkRun } from '../run';
import type { ArraySource } from '../tensor';
import type { Explanation } from '../trace';
import { toValue } from './expression/operand';
import { operationAt, stepsAt } from './ground';
import { layerExpression } from './naming/layerExpression';
import { arraysOf, attributeOperand, attributesOf, inputSource } from './naming/layerNames';
import { isInputName, partsOf } from './naming/layerParts';
import type { FrameLevel, NamedValue, Position, ScopeName } from './session';
import { termVariables } from './termVariables';

/** The scopes of a layer that hold arrays. */
const OF_ARRAYS = ['input', 'parameters', 'intermediates', 'output', 'gradients'] as const;

type ArrayScope = (typeof OF_ARRAYS)[number];

/** The scopes that a frame has at a position: those with something in them. */
export function scopesOf(run: NetworkRun, position: Position, frame: FrameLevel): readonly ScopeName[] {
  switch (frame) {
    case 'network':
      return ['input', 'totals'];
    case 'layer': {
      const layer = run.network.layers.at(Math.max(0, position.layer));
      const hasAttributes = position.layer >= 0 && layer && attributesOf(layer).size > 0;
      const [input, parameters, ...rest] = OF_ARRAYS.map(scope =>
        arrayNames(run, position, scope).length > 0 ? [scope] : [],
      );
      return [...input, ...parameters, ...(hasAttributes ? ['attributes' as const] : []), ...rest.flat()];
    }
    case 'operation':
      return operationAt(run, position) ? ['input', 'output'] : [];
    case 'cell':
      return position.cell ? ['terms'] : [];
  }
}

/** What a scope of a frame holds at a position; nothing if the frame has no such scope there. */
export async function variablesOf(
  run: NetworkRun,
  position: Position,
  frame: FrameLevel,
  scope: ScopeName,
  explanation: () => Promise<Explanation | undefined>,
): Promise<readonly NamedValue[]> {
  if (!scopesOf(run, position, frame).includes(scope)) return [];
  switch (frame) {
    case 'network':
      return scope === 'input' ? networkInput(run) : totals(run);
    case 'layer':
      return isArrayScope(scope)
        ? namedArrays(run, position, arrayNames(run, position, scope))
        : attributes(run, position.layer);
    case 'operation': {
      const step = operationAt(run, position);
      return namedArrays(run, position, (scope === 'input' ? step?.inputs : step?.outputs) ?? []);
    }
    case 'cell': {
      const explained = await explanation();
      const { cell } = position;
      return explained && cell ? termVariables(expressionOf(run, position.layer), explained, cell.term) : [];
    }
  }
}

function isArrayScope(scope: ScopeName): scope is ArrayScope {
  return (OF_ARRAYS as readonly ScopeName[]).includes(scope);
}

/** Names of a layer's arrays in a scope; inside of the layer those that its operations have come to. */
function arrayNames(run: NetworkRun, position: Position, scope: ArrayScope): readonly string[] {
  const { layer, direction, operation } = position;
  if (layer < 0) return scope === 'output' ? ['out'] : [];
  if (layer >= run.runnable) return givenNames([...arraysOf(run, layer, position).keys()], scope);
  const { inputs, parameters, forward, backward } = partsOf(run.layer(layer).trace);
  const steps = stepsAt(run, position);
  const made = new Set(steps.slice(0, (operation ?? steps.length) + 1).flatMap(step => step.outputs));
  const later = new Set(steps.flatMap(step => step.outputs).filter(name => !made.has(name)));
  switch (scope) {
    case 'input':
      return inputs;
    case 'parameters':
      return parameters;
    case 'intermediates':
      return forward.filter(name => name !== 'out' && !later.has(name));
    case 'output':
      return ['out'];
    case 'gradients':
      return direction === 'backward' ? backward.filter(name => !later.has(name)) : [];
  }
}

/** Of the arrays that a layer that does not fit is given. */
function givenNames(names: readonly string[], scope: ArrayScope): readonly string[] {
  if (scope === 'input') return names.filter(isInputName);
  return scope === 'parameters' ? names.filter(name => !isInputName(name)) : [];
}

function namedArrays(run: NetworkRun, position: Position, names: readonly string[]): NamedValue[] {
  const arrays = arraysOf(run, position.layer, position);
  const layer = expressionOf(run, position.layer);
  return names.flatMap(name => {
    const source = arrays.get(name);
    return source ? [namedArray(name, source, `${layer}.${name}`)] : [];
  });
}

function namedArray(name: string, source: ArraySource, expression: string): NamedValue {
  return { name, value: { kind: 'array', source }, expression, settable: false };
}

async function attributes(run: NetworkRun, layer: number): Promise<NamedValue[]> {
  const values: NamedValue[] = [];
  for (const [name, attribute] of attributesOf(run.network.layers[layer])) {
    values.push({
      name,
      value: await toValue(attributeOperand(attribute)),
      expression: `${expressionOf(run, layer)}.${name}`,
      settable: true,
    });
  }
  return values;
}

function networkInput(run: NetworkRun): NamedValue[] {
  return [
    namedArray(INPUT, inputSource(run), INPUT),
    { name: 'N', value: { kind: 'number', value: run.batch }, expression: 'N', settable: false },
  ];
}

function totals({ analysis }: NetworkRun): NamedValue[] {
  return Object.entries(analysis.totals).map(([name, value]) => ({
    name,
    value: { kind: 'number', value },
    expression: String(value),
    settable: false,
  }));
}

function expressionOf({ network }: NetworkRun, layer: number): string {
  return layer < 0 ? INPUT : layerExpression(network.layers[layer].name);
}
