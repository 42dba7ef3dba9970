import type { Pad, Pair, PoolingOptions } from '../../engine';
import type { ArrayReference, InputReference, RunRequest, UpstreamGradient } from '../../webview/protocol';

/** The argument of a command is not what the command takes. */
export class ArgumentError extends Error {
  constructor(path: string, expected: string, value: unknown) {
    super(
      `Run Conv Layer: "${path}" must be ${expected}, it is ${value === undefined ? 'missing' : JSON.stringify(value)}`,
    );
    this.name = 'ArgumentError';
  }
}

/**
 * A run request from outside: a key binding, a task, another extension, the state of a restored panel.
 * Checks the form only; whether the numbers can work is the engine's to say. Unknown fields are left out.
 *
 * @throws ArgumentError naming the field
 */
export function parseRunRequest(value: unknown): RunRequest {
  const given = fields(value, 'args');
  return {
    weights: reference(given.weights, 'weights'),
    bias: given.bias === null ? null : optional(given.bias, bias => reference(bias, 'bias')),
    input: input(given.input),
    stride: optional(given.stride, stride => pair(stride, 'stride')),
    pad: optional(given.pad, value => pad(value, 'pad')),
    dilation: optional(given.dilation, dilation => pair(dilation, 'dilation')),
    groups: optional(given.groups, groups => number(groups, 'groups')),
    pool: given.pool === null ? null : optional(given.pool, pooling),
    dout: optional(given.dout, upstream),
  };
}

/** Whether an argument is meant as a request with all choices, rather than as a file that a menu was opened on. */
export function looksLikeRunRequest(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('weights' in value || 'input' in value);
}

function reference(value: unknown, path: string): ArrayReference {
  const given = fields(value, path);
  return {
    file: text(given.file, `${path}.file`),
    name: optional(given.name, name => text(name, `${path}.name`)),
  };
}

function input(value: unknown): InputReference {
  const given = fields(value, 'input');
  return {
    ...reference(value, 'input'),
    sample: optional(given.sample, sample => number(sample, 'input.sample')),
    scale: optional(given.scale, scale => oneOf(scale, 'input.scale', ['unit', 'byte'])),
  };
}

function pooling(value: unknown): PoolingOptions {
  const given = fields(value, 'pool');
  return {
    kind: oneOf(given.kind, 'pool.kind', ['max', 'average']),
    size: given.size === 'global' ? 'global' : pair(given.size, 'pool.size'),
    stride: optional(given.stride, stride => pair(stride, 'pool.stride')),
    pad: optional(given.pad, value => pad(value, 'pool.pad')),
    ceilMode: optional(given.ceilMode, ceil => flag(ceil, 'pool.ceilMode')),
    countIncludePad: optional(given.countIncludePad, count => flag(count, 'pool.countIncludePad')),
  };
}

function upstream(value: unknown): UpstreamGradient {
  const given = fields(value, 'dout');
  const kind = oneOf(given.kind, 'dout.kind', ['ones', 'arange', 'random', 'cell', 'file']);
  switch (kind) {
    case 'random':
      return { kind, seed: number(given.seed, 'dout.seed') };
    case 'cell':
      return { kind, index: numbers(given.index, 'dout.index') };
    case 'file':
      return { kind, ...reference(value, 'dout') };
    case 'ones':
    case 'arange':
      return { kind };
  }
}

function optional<T>(value: unknown, parse: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : parse(value);
}

function fields(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ArgumentError(path, 'an object', value);
  return value as Readonly<Record<string, unknown>>;
}

function text(value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '') throw new ArgumentError(path, 'a text', value);
  return value;
}

function number(value: unknown, path: string): number {
  if (typeof value !== 'number') throw new ArgumentError(path, 'a number', value);
  return value;
}

function numbers(value: unknown, path: string): number[] {
  if (!Array.isArray(value)) throw new ArgumentError(path, 'a list of numbers', value);
  return value.map((item, i) => number(item, `${path}[${i}]`));
}

function flag(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw new ArgumentError(path, 'true or false', value);
  return value;
}

function oneOf<T extends string>(value: unknown, path: string, words: readonly T[]): T {
  const found = words.find(word => word === value);
  if (found === undefined)
    throw new ArgumentError(path, `one of ${words.map(word => `"${word}"`).join(', ')}`, value);
  return found;
}

function pair(value: unknown, path: string): Pair {
  if (typeof value === 'number') return value;
  const given = numbers(value, path);
  if (given.length !== 2) throw new ArgumentError(path, 'a number or [vertical, horizontal]', value);
  return [given[0], given[1]];
}

function pad(value: unknown, path: string): Pad {
  if (!Array.isArray(value) || value.length !== 4) return pair(value, path);
  const [top, left, bottom, right] = numbers(value, path);
  return [top, left, bottom, right];
}
