import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Tensor, tensorSource, wholeRegion, type DType } from '../../../engine';
import { evaluate, type Scope } from '../../../engine/session/expression/evaluate';
import { array, type Operand } from '../../../engine/session/expression/operand';
import { parseStatement } from '../../../engine/session/expression/parser';

type Element = number | boolean | string;

/** A value as NumPy and Python described it. */
interface Described {
  readonly dtype?: DType;
  readonly shape?: number[];
  readonly values?: Element[];
  readonly python?: 'int' | 'float' | 'bool';
  readonly value?: Element;
  readonly items?: Described[];
}

interface Answers {
  readonly arrays: Record<string, Required<Described>>;
  readonly cases: (Described & { readonly expression: string; readonly near: boolean })[];
}

const answers = JSON.parse(
  gunzipSync(readFileSync('test/fixtures/expressions.json.gz')).toString(),
) as Answers;

const numberOf = (element: Element): number =>
  element === 'inf' ? Infinity : element === '-inf' ? -Infinity : Number(element);

const arrays = new Map(
  Object.entries(answers.arrays).map(([name, { dtype, shape, values }]) => [
    name,
    array(tensorSource(name, Tensor.from(values.map(numberOf), shape, dtype))),
  ]),
);

const scope: Scope = { lookup: name => arrays.get(name), names: [...arrays.keys()] };

const valueOf = (text: string): Promise<Operand> => evaluate(parseStatement(text), scope);

/** How far a result may be from NumPy's: it sums in the array's own dtype, and knows other digits of e^x. */
const TOLERANCE: Partial<Record<DType, number>> = { float16: 2e-3, float32: 2e-6, float64: 1e-13 };

async function assertIs(actual: Operand, expected: Described, near: boolean): Promise<void> {
  if (expected.items) {
    assert.ok(actual.kind === 'tuple');
    assert.equal(actual.items.length, expected.items.length);
    for (const [i, item] of actual.items.entries()) await assertIs(item, expected.items[i], near);
    return;
  }
  if (expected.python) {
    assert.deepEqual(actual, { kind: expected.python, value: pythonValue(expected) });
    return;
  }
  assert.ok(actual.kind === 'array', `it is ${actual.kind}`);
  const { source } = actual;
  assert.equal(source.dtype, expected.dtype);
  assert.deepEqual(source.shape, expected.shape);
  const values = Array.from((await source.read(wholeRegion(source.shape))).numbers());
  const wanted = (expected.values ?? []).map(numberOf);
  if (!near) assert.deepEqual(values.map(noSignOfZero), wanted.map(noSignOfZero));
  else {
    const tolerance = TOLERANCE[source.dtype] ?? 0;
    values.forEach((value, i) => {
      const close = Math.abs(value - wanted[i]) <= tolerance * Math.max(1, Math.abs(wanted[i]));
      assert.ok(close || Object.is(value, wanted[i]), `at ${i}: ${value}, NumPy has ${wanted[i]}`);
    });
  }
}

const pythonValue = ({ python, value = NaN }: Described): number | boolean =>
  python === 'bool' ? Boolean(value) : numberOf(value);

const noSignOfZero = (value: number): number => (value === 0 ? 0 : value);

describe('expressions have the value that NumPy gives them', () => {
  for (const { expression, near, ...expected } of answers.cases) {
    it(expression, async () => assertIs(await valueOf(expression), expected, near));
  }
});
