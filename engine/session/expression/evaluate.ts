import { ExpressionError, IndexError, ShapeError } from '../../errors';
import { didYouMean } from './arguments';
import type { IndexItem, Node, Statement } from './ast';
import { BUILTINS } from './functions';
import { indexArray, indexTuple, type Index } from './indexing';
import { METHODS, reversed } from './methods';
import {
  array,
  bool,
  describe,
  float,
  int,
  text,
  truthOf,
  tuple,
  valueOf,
  type Namespace,
  type Operand,
} from './operand';
import { binary, compare, unary } from './operators';

/** What names mean where an expression is read. */
export interface Scope {
  lookup(name: string): Operand | undefined;
  /** All of them, for suggestions. */
  readonly names: readonly string[];
}

/** Longest piece of an expression that an error repeats. */
const QUOTED = 60;

/** Errors that already say which part of the expression they are about. */
const located = new WeakSet<Error>();

/**
 * The value of an expression. Arrays stay unread: they are read where the value is.
 * @throws ExpressionError that quotes the part at fault, CancelledError, and whatever reading an array throws
 */
export function evaluate(statement: Statement, scope: Scope, signal?: AbortSignal): Promise<Operand> {
  const quote = ({ start, end }: Node): string => {
    const part = statement.text.slice(start, end);
    return part.length > QUOTED ? `${part.slice(0, QUOTED)}…` : part;
  };

  const visit = async (node: Node): Promise<Operand> => {
    try {
      return await evaluateNode(node);
    } catch (error) {
      const ours =
        error instanceof ExpressionError || error instanceof IndexError || error instanceof ShapeError;
      if (!ours || located.has(error)) throw error;
      const failure = new ExpressionError(`${quote(node)}: ${error.message}`, { cause: error });
      located.add(failure);
      throw failure;
    }
  };

  const evaluateNode = async (node: Node): Promise<Operand> => {
    switch (node.kind) {
      case 'number':
        return node.whole ? int(node.value) : float(node.value);
      case 'text':
        return text(node.value);
      case 'name':
        return withoutMembers(named(node.name, scope));
      case 'tuple':
        return tuple(await visitAll(node.items));
      case 'attribute':
        return attributeOf(await visitOwner(node.of), node.name);
      case 'index':
        return indexed(await visit(node.of), node.items);
      case 'call': {
        const callee = functionNamed(node.callee) ?? (await visit(node.callee));
        if (callee.kind !== 'function') throw new ExpressionError(`${describe(callee)} cannot be called`);
        const positional = await visitAll(node.positional);
        const values = new Map<string, Operand>();
        for (const { name, value } of node.named) values.set(name, await visit(value));
        return callee.call({ positional, named: values, signal });
      }
      case 'unary': {
        const operand = await visit(node.operand);
        return node.operator === 'not'
          ? bool(!(await truthOf(operand, signal)))
          : unary(node.operator, operand);
      }
      case 'binary':
        return binary(node.operator, await visit(node.left), await visit(node.right));
      case 'logic': {
        const left = await visit(node.left);
        return (await truthOf(left, signal)) === (node.operator === 'or') ? left : visit(node.right);
      }
      case 'compare': {
        let left = await visit(node.operands[0]);
        let result: Operand = bool(true);
        for (const [i, operator] of node.operators.entries()) {
          const right = await visit(node.operands[i + 1]);
          result = await compare(operator, left, right, signal);
          const isLast = i === node.operators.length - 1;
          if (!isLast && !(await truthOf(result, signal))) break;
          left = right;
        }
        return result;
      }
    }
  };

  /** Of a convolution `sum` is an array; called it is the function nonetheless. */
  const functionNamed = (node: Node): Operand | undefined => {
    const builtin = node.kind === 'name' ? BUILTINS.get(node.name) : undefined;
    return builtin?.kind === 'function' ? builtin : undefined;
  };

  /** What an attribute is looked up in: of a name, also what it stands for beside its value. */
  const visitOwner = async (node: Node): Promise<Operand> => {
    const value = await visit(node);
    return node.kind === 'name' ? named(node.name, scope) : value;
  };

  const visitAll = async (nodes: readonly Node[]): Promise<Operand[]> => {
    const operands: Operand[] = [];
    for (const node of nodes) operands.push(await visit(node));
    return operands;
  };

  const indexed = async (of: Operand, items: readonly IndexItem[]): Promise<Operand> => {
    if (of.kind === 'namespace' && of.bracketed) {
      const [key] = items;
      const name = items.length === 1 && key.kind === 'text' ? key.value : undefined;
      if (name === undefined) throw new ExpressionError(`${of.title} wants a name in quotes`);
      return memberOf(of, name);
    }
    const value = valueOf(of);
    const indices: Index[] = [];
    for (const item of items) indices.push(await indexOf(item));
    if (value.kind === 'array') return indexArray(value.source, indices, signal);
    if (value.kind === 'tuple') return indexTuple(value.items, indices, signal);
    throw new ExpressionError(`${describe(value)} cannot be indexed`);
  };

  const indexOf = async (item: IndexItem): Promise<Index> => {
    if (item.kind === 'ellipsis') return item;
    if (item.kind !== 'slice') return { kind: 'at', operand: await visit(item) };
    const parts: (Operand | undefined)[] = [];
    for (const part of item.parts) parts.push(part && (await visit(part)));
    return { kind: 'slice', parts };
  };

  return visit(statement.value);
}

function named(name: string, scope: Scope): Operand {
  const operand = scope.lookup(name) ?? BUILTINS.get(name);
  if (operand) return operand;
  throw new ExpressionError(
    `there is no such name here${didYouMean(name, [...scope.names, ...BUILTINS.keys()])}`,
  );
}

/** What a name stands for where no attribute follows it. */
function withoutMembers(operand: Operand): Operand {
  return operand.kind === 'namespace' && operand.value ? operand.value : operand;
}

function memberOf(of: Namespace, name: string): Operand {
  const member = of.member(name);
  if (member) return member;
  const advice = of.members.length === 0 && of.remedy ? `: ${of.remedy}` : didYouMean(name, of.members);
  throw new ExpressionError(`${of.title} has no '${name}'${advice}`);
}

/** What every array has, in words for completion. */
export const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['shape', 'extents of the axes'],
  ['dtype', 'type of the elements'],
  ['ndim', 'number of axes'],
  ['size', 'number of elements'],
  ['T', 'the axes in the reverse order'],
]);

/** Whether every array has something of that name. */
export function isArrayAttribute(name: string): boolean {
  return PROPERTIES.has(name) || METHODS.has(name);
}

function attributeOf(of: Operand, name: string): Operand {
  if (of.kind === 'namespace' && (!of.value || of.members.includes(name))) return memberOf(of, name);
  const value = valueOf(of);
  if (value.kind !== 'array') throw new ExpressionError(`${describe(value)} has no '${name}'`);
  const { source } = value;
  switch (name) {
    case 'shape':
      return tuple(source.shape.map(int));
    case 'dtype':
      return text(source.dtype);
    case 'ndim':
      return int(source.shape.length);
    case 'size':
      return int(source.shape.reduce((product, extent) => product * extent, 1));
    case 'T':
      return array(reversed(source));
  }
  const method = METHODS.get(name);
  if (method) return { kind: 'function', name, call: given => method.call(source, given) };
  throw new ExpressionError(
    `an array has no '${name}'${didYouMean(name, [...PROPERTIES.keys(), ...METHODS.keys()])}`,
  );
}
