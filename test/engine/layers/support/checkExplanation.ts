import assert from 'node:assert/strict';
import { createContext, runInContext } from 'node:vm';
import { sizeOf, unravel, type Explanation } from '../../../../engine';
import { exp, tanh } from '../../../../engine/kernels';
import type { RunningLayer } from '../../../../engine/layers';
import { randomNumbers } from '../../support/arrays';

/** Evaluates a formula of an explanation: NumPy's functions, `·`, `−`, `√`, `²`. */
function evaluate(formula: string, values: readonly number[]): number {
  const code = formula
    .replaceAll(/\{(\d)\}²/g, '(values[$1] * values[$1])')
    .replaceAll(/\{(\d)\}/g, 'values[$1]')
    .replaceAll(' = ', ' === ')
    .replaceAll('≤', '<=')
    .replaceAll('·', '*')
    .replaceAll('−', '-')
    .replaceAll('√', 'sqrt');
  Object.assign(functions, { values });
  return Number(runInContext(code, functions));
}

const { log, sqrt } = Math;
const where = (condition: boolean | number, yes: number, no: number): number => (condition ? yes : no);
const functions = createContext({ where, exp, log, tanh, sqrt });

/** The value that an explanation's numbers make. */
function recomputed(
  { rule, terms, sum, bias, divisor, formula, cell }: Explanation,
  round: (v: number) => number,
) {
  const total = terms.reduce((running, term) => running + term.value, 0);
  switch (rule) {
    case 'given':
      return cell.value;
    case 'copy':
      return terms[0].value;
    case 'sum':
      assert.ok(Object.is(sum, round(total)), `the sum is ${sum}, its terms make ${total}`);
      return bias ? round(round(total) + bias.value) : round(total);
    case 'mean':
      assert.ok(Object.is(sum, total));
      return round(total / (divisor ?? NaN));
    case 'max':
      assert.equal(terms.filter(term => term.winner).length, 1);
      return Math.max(...terms.map(term => term.value));
    case 'formula':
      return round(
        evaluate(
          formula ?? '',
          terms.map(term => term.value),
        ),
      );
    default:
      return assert.fail(`no layer here has cells that are a ${rule}`);
  }
}

/**
 * Asserts that the explanations of random cells of every array of a layer give the stored value to the last bit, from
 * cells that have the values they are said to have; and that only what the layer was given is explained as given.
 */
export async function assertExplained(
  { trace }: RunningLayer,
  given: readonly string[],
  seed = 1,
): Promise<void> {
  const random = randomNumbers(seed);
  for (const [name, array] of trace.arrays) {
    const { shape, dtype } = array.source;
    const round = dtype === 'float32' ? Math.fround : (value: number) => value;
    for (let tries = 0; tries < 12; tries++) {
      const index = unravel(Math.floor(((random() + 1) / 2) * sizeOf(shape)), shape);
      const where = `${name}[${index.join(', ')}]`;
      const explanation = await array.explain(index);
      const { cell, rule, terms, termCount, bias } = explanation;
      assert.deepEqual([cell.array, cell.index], [name, index]);
      assert.equal(rule === 'given', given.includes(name), `${where} is ${rule}`);
      assert.equal(termCount, terms.length);
      assert.ok(
        Object.is(recomputed(explanation, round), cell.value),
        `${where} is ${cell.value}, its explanation makes ${recomputed(explanation, round)}: ${JSON.stringify(explanation)}`,
      );
      for (const factor of [...terms.flatMap(term => term.factors), ...(bias ? [bias] : [])]) {
        const there = await trace.arrays.get(factor.array)?.explain(factor.index);
        assert.ok(
          Object.is(there?.cell.value, factor.value),
          `${factor.array}[${factor.index.join()}] in ${where}`,
        );
      }
    }
  }
}
