import { ExpressionError } from '../../errors';
import { DTYPES } from '../../tensor';
import { bind, required } from './arguments';
import { elementwise, type ElementRule } from './elementwise';
import { METHODS, halfToEven } from './methods';
import {
  asArray,
  bool,
  describe,
  float,
  int,
  NONE,
  numberOf,
  text,
  valueOf,
  type Arguments,
  type Callable,
  type Namespace,
  type Operand,
} from './operand';
import { isPython } from './operators';
import { floatFor, promote } from './promotion';
import { reduce } from './reductions';

interface NamedFunction extends Callable {
  readonly detail: string;
}

const inFloat: ElementRule['dtype'] = types => floatFor(promote(types));
const isTrue: ElementRule['dtype'] = () => 'bool';

/** Functions of each element, by the names of their arguments. */
function perElement(
  name: string,
  parameters: readonly string[],
  detail: string,
  rule: ElementRule,
): NamedFunction {
  return {
    kind: 'function',
    name,
    detail: `(${parameters.join(', ')}) ${detail}`,
    call(given) {
      const bound = bind(given, parameters);
      return elementwise(
        rule,
        parameters.map(parameter => required(bound, parameter)),
      );
    },
  };
}

const ofElements: readonly NamedFunction[] = [
  perElement('exp', ['x'], 'e raised to each value', { dtype: inFloat, apply: Math.exp }),
  perElement('log', ['x'], 'natural logarithm', { dtype: inFloat, apply: Math.log }),
  perElement('sqrt', ['x'], 'square root', { dtype: inFloat, apply: Math.sqrt }),
  perElement('maximum', ['x1', 'x2'], 'the larger of two values', {
    dtype: promote,
    apply: (a, b) => Math.max(a, b),
  }),
  perElement('minimum', ['x1', 'x2'], 'the smaller of two values', {
    dtype: promote,
    apply: (a, b) => Math.min(a, b),
  }),
  perElement('isnan', ['x'], 'whether each value is NaN', {
    dtype: isTrue,
    apply: value => Number(Number.isNaN(value)),
  }),
  perElement('isinf', ['x'], 'whether each value is ±Inf', {
    dtype: isTrue,
    apply: value => Number(Math.abs(value) === Infinity),
  }),
  perElement('isfinite', ['x'], 'whether each value is neither NaN nor ±Inf', {
    dtype: isTrue,
    apply: value => Number(Number.isFinite(value)),
  }),
  perElement('where', ['condition', 'x', 'y'], 'x where the condition holds, y elsewhere', {
    dtype: ([, x, y]) => promote([x, y]),
    apply: (condition, x, y) => (condition !== 0 ? x : y),
  }),
];

const others: readonly NamedFunction[] = [
  {
    kind: 'function',
    name: 'len',
    detail: '(x) extent of the first axis',
    call(given) {
      const value = valueOf(required(bind(given, ['x']), 'x'));
      if (value.kind === 'array' && value.source.shape.length > 0) return int(value.source.shape[0]);
      if (value.kind === 'tuple') return int(value.items.length);
      if (value.kind === 'text') return int(value.value.length);
      throw new ExpressionError(`${describe(value)} has no length`);
    },
  },
  {
    kind: 'function',
    name: 'allclose',
    detail: '(a, b, rtol, atol) whether |a - b| ≤ atol + rtol·|b| everywhere',
    async call(given) {
      const bound = bind(given, ['a', 'b', 'rtol', 'atol']);
      const tolerance = async (name: string, otherwise: number): Promise<number> => {
        const value = bound.get(name);
        return (value && (await numberOf(value, given.signal))) ?? otherwise;
      };
      const rtol = await tolerance('rtol', 1e-5);
      const atol = await tolerance('atol', 1e-8);
      const close: ElementRule = {
        dtype: isTrue,
        apply: (a, b) =>
          Number(a === b || (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b))),
      };
      const { source } = elementwise(close, [required(bound, 'a'), required(bound, 'b')]);
      const axes = source.shape.map((_, axis) => axis);
      const all = await reduce('all', source, axes, false, given.signal);
      return bool(all.at() !== 0);
    },
  },
  {
    kind: 'function',
    name: 'array',
    detail: '(list) an array of the numbers of a list',
    call: given => asArray(required(bind(given, ['list']), 'list')),
  },
];

/** The methods of arrays as functions of an array, and those of Python's that mean the same. */
const ofArrays = [...METHODS].map(([name, { detail, call }]): NamedFunction => ({
  kind: 'function',
  name,
  detail: detail.replace('(', detail.startsWith('()') ? '(a' : '(a, '),
  async call(given) {
    const python = await onPythonNumbers(name, given);
    if (python) return python;
    const [first, ...positional] = given.positional;
    return call(asArray(required(new Map(given.positional.length > 0 ? [['a', first]] : []), 'a')).source, {
      ...given,
      positional,
    });
  },
}));

/** What `abs`, `round`, `min` and `max` make of Python's numbers: numbers of the same kind. */
async function onPythonNumbers(
  name: string,
  { positional, signal }: Arguments,
): Promise<Operand | undefined> {
  const [first] = positional;
  if (positional.length === 1 && first.kind === 'tuple' && first.items.length > 1) {
    return onPythonNumbers(name, { positional: first.items, named: new Map(), signal });
  }
  if (positional.length === 1 && isPython(first)) {
    const value = Number(first.value);
    if (name === 'abs') return first.kind === 'float' ? float(Math.abs(value)) : int(Math.abs(value));
    if (name === 'round') return int(halfToEven(value));
  }
  if ((name !== 'max' && name !== 'min') || positional.length < 2) return undefined;
  let best = first;
  for (const candidate of positional) {
    const [a, b] = [await numberOf(candidate, signal), await numberOf(best, signal)];
    if (a === undefined || b === undefined) return undefined; // an axis follows the array
    if (name === 'max' ? a > b : a < b) best = candidate;
  }
  return best;
}

/** Every function, by name. */
export const FUNCTIONS: ReadonlyMap<string, NamedFunction> = new Map(
  [...ofArrays, ...ofElements, ...others].map(entry => [entry.name, entry]),
);

const CONSTANTS: ReadonlyMap<string, Operand> = new Map([
  ['inf', float(Infinity)],
  ['nan', float(NaN)],
  ['pi', float(Math.PI)],
]);

const numpy = new Map<string, Operand>([
  ...FUNCTIONS,
  ...CONSTANTS,
  ['newaxis', NONE],
  ...DTYPES.map((dtype): [string, Operand] => [dtype, text(dtype)]),
]);

const np: Namespace = {
  kind: 'namespace',
  title: 'np',
  member: name => numpy.get(name),
  members: [...numpy.keys()],
};

/** Names that mean something everywhere: functions, constants, `np`. */
export const BUILTINS: ReadonlyMap<string, Operand> = new Map<string, Operand>([
  ['True', bool(true)],
  ['False', bool(false)],
  // As network files write them.
  ['true', bool(true)],
  ['false', bool(false)],
  ['None', NONE],
  ['np', np],
  ...FUNCTIONS,
  ...CONSTANTS,
]);
