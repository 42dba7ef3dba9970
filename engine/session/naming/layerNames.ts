import { ExpressionError } from '../../errors';
import { INPUT, kindOf, type AttributeValue, type NetworkLayer } from '../../network';
import type { NetworkRun } from '../../run';
import { lazySource, type ArraySource } from '../../tensor';
import { array, bool, float, int, text, tuple, type Namespace, type Operand } from '../expression/operand';
import { comesBefore } from '../positions';
import type { Position } from '../session';
import { partsOf } from './layerParts';

/** The attributes that a layer has, given or by default. */
export function attributesOf({ type, attributes }: NetworkLayer): ReadonlyMap<string, AttributeValue> {
  const values = new Map<string, AttributeValue>();
  for (const { name, default: byDefault } of kindOf(type).attributes) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : byDefault;
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

export function attributeOperand(value: AttributeValue): Operand {
  if (typeof value === 'number') return Number.isInteger(value) ? int(value) : float(value);
  if (typeof value === 'boolean') return bool(value);
  return tuple(value.map(item => (typeof item === 'string' ? text(item) : attributeOperand(item))));
}

/**
 * The arrays of a layer by its own names, as they are seen from a position: what the session has not come to has a
 * shape, but no values yet. Of a layer that does not fit, what it is given and its parameters as their files have them.
 */
export function arraysOf(run: NetworkRun, layer: number, from: Position): ReadonlyMap<string, ArraySource> {
  if (layer < 0) return new Map([['out', inputSource(run)]]);
  if (layer >= run.runnable) return givenArrays(run, layer);
  const { trace } = run.layer(layer);
  const { inputs, parameters, backward } = partsOf(trace);
  const { name } = run.network.layers[layer];
  const arrays = new Map<string, ArraySource>();
  for (const [own, { source }] of trace.arrays) {
    const needs: Position = inputs.includes(own)
      ? { direction: 'forward', layer: layer - 1 }
      : { direction: backward.includes(own) ? 'backward' : 'forward', layer };
    const there = parameters.includes(own) || comesBefore(needs, from);
    arrays.set(own, there ? source : notYet(source, `${name}.${own}`, from, run));
  }
  return arrays;
}

/** What a layer that does not fit would run on. */
function givenArrays(run: NetworkRun, layer: number): ReadonlyMap<string, ArraySource> {
  const { layers } = run.network;
  const { from } = layers[layer];
  const taken = from.flatMap((source, i): [string, ArraySource][] => {
    const own = from.length === 1 ? 'x' : `x${i}`;
    const at = layers.findIndex(({ name }) => name === source);
    if (source === INPUT) return [[own, inputSource(run)]];
    const out = at >= 0 && at < run.runnable ? run.layer(at).trace.arrays.get('out') : undefined;
    return out ? [[own, out.source]] : [];
  });
  const parameters = [...run.stored(layer)].map(([role, tensor]): [string, ArraySource] => [
    role,
    lazySource(role, tensor),
  ]);
  return new Map([...taken, ...parameters]);
}

const inputs = new WeakMap<NetworkRun, ArraySource>();

/** The network's input; the same source each time, so that what is known of it is found again. */
export function inputSource(run: NetworkRun): ArraySource {
  const known = inputs.get(run) ?? lazySource(INPUT, run.input);
  inputs.set(run, known);
  return known;
}

/** An array of which only the form is known. */
function notYet(
  source: ArraySource,
  name: string,
  { layer, direction }: Position,
  run: NetworkRun,
): ArraySource {
  const place = layer < 0 ? 'the input' : run.network.layers[layer].name;
  const { shape, dtype } = source;
  return {
    name,
    shape,
    dtype,
    read: () =>
      Promise.reject(
        new ExpressionError(
          `${name} has not been computed: the session stands on ${place}, going ${direction}`,
        ),
      ),
  };
}

/** A layer as expressions see it: its arrays and its attributes. */
export function layerNamespace(run: NetworkRun, layer: number, from: Position): Namespace {
  if (layer < 0) {
    const input = array(inputSource(run));
    return {
      kind: 'namespace',
      title: INPUT,
      member: name => (name === 'out' ? input : undefined),
      members: ['out'],
      value: input,
    };
  }
  const node = run.network.layers[layer];
  const members = new Map<string, Operand>();
  for (const [name, source] of arraysOf(run, layer, from)) members.set(name, array(source));
  for (const [name, value] of attributesOf(node)) members.set(name, attributeOperand(value));
  members.set('name', text(node.name));
  members.set('type', text(node.type));
  return {
    kind: 'namespace',
    title: `the layer ${node.name}`,
    member: name => members.get(name),
    members: resultsFirst([...members.keys()]),
  };
}

/** What a layer is for comes before what it takes and how it gets there. */
function resultsFirst(names: readonly string[]): readonly string[] {
  const isResult = (name: string): boolean => /^(out|dx\d*)$/.test(name);
  return [...names.filter(isResult), ...names.filter(name => !isResult(name))];
}
