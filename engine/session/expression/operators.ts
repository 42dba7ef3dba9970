import { ExpressionError } from '../../errors';
import { isFloat, type DType } from '../../tensor';
import type { BinaryOperator, Comparison, UnaryOperator } from './ast';
import { elementwise } from './elementwise';
import { bool, describe, float, int, truthOf, valueOf, type Operand, type PythonNumber } from './operand';
import { promote, typeOf, type OperandType } from './promotion';

type Apply = (a: number, b: number) => number;

/** Floored, as Python divides: the remainder has the divisor's sign. Follows `npy_divmod`. */
function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const rest = a % b;
  const quotient = (a - rest) / b;
  const floored = rest !== 0 && b < 0 !== rest < 0 ? quotient - 1 : quotient;
  return Number.isFinite(floored) ? Math.round(floored) : floored;
}

function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && b < 0 !== rest < 0 ? rest + b : rest;
}

/** JavaScript finds no number where 1 is raised to NaN, or ±1 to ±Inf; C and NumPy find 1. */
function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b;
}

const APPLY: Readonly<Record<BinaryOperator, Apply>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': floorDivide,
  '%': remainder,
  '**': power,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
};

/** Where integers differ from floats: NumPy gives 0 where they are divided by 0. */
const APPLY_TO_INTEGERS: Partial<Record<BinaryOperator, Apply>> = {
  '//': (a, b) => (b === 0 ? 0 : floorDivide(a, b)),
  '%': (a, b) => (b === 0 ? 0 : remainder(a, b)),
  '**': (a, b) => {
    if (b < 0)
      throw new ExpressionError('**: whole numbers cannot be raised to negative powers in NumPy: write 2.0');
    return power(a, b);
  },
};

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** @throws ExpressionError */
function dtypeOf(operator: BinaryOperator, types: readonly OperandType[]): DType {
  const dtype = promote(types);
  switch (operator) {
    case '/':
      return isFloat(dtype) ? dtype : 'float64';
    case '&':
    case '|':
    case '^':
      if (dtype === 'bool') return dtype;
      throw new ExpressionError(
        `${operator} is for arrays of True and False, like (out > 0) ${operator} (x > 0)`,
      );
    case '-':
      if (dtype !== 'bool') return dtype;
      throw new ExpressionError('arrays of True and False cannot be subtracted: use ^');
    case '//':
    case '%':
    case '**':
      return dtype === 'bool' ? 'int8' : dtype;
    default:
      return dtype;
  }
}

/** @throws ExpressionError if the operands do not go together */
export function binary(operator: BinaryOperator, leftOperand: Operand, rightOperand: Operand): Operand {
  const [left, right] = [valueOf(leftOperand), valueOf(rightOperand)];
  if (left.kind === 'text' && right.kind === 'text' && operator === '+') {
    return { kind: 'text', value: left.value + right.value };
  }
  if (left.kind === 'tuple' && right.kind === 'tuple' && operator === '+') {
    return { kind: 'tuple', items: [...left.items, ...right.items] };
  }
  if (isPython(left) && isPython(right)) return python(operator, left, right);
  const dtype = dtypeOf(operator, [left, right].map(typeOf));
  const apply = (isFloat(dtype) ? undefined : APPLY_TO_INTEGERS[operator]) ?? APPLY[operator];
  return elementwise({ dtype: () => dtype, apply }, [left, right]);
}

function python(operator: BinaryOperator, left: PythonNumber, right: PythonNumber): Operand {
  const [a, b] = [Number(left.value), Number(right.value)];
  const result = APPLY[operator](a, b);
  if (operator === '&' || operator === '|' || operator === '^') {
    if (left.kind === 'bool' && right.kind === 'bool') return bool(result !== 0);
    throw new ExpressionError(`${operator} is for True and False`);
  }
  const whole =
    left.kind !== 'float' && right.kind !== 'float' && operator !== '/' && !(operator === '**' && b < 0);
  if (!whole) return float(result);
  if (b === 0 && (operator === '//' || operator === '%'))
    throw new ExpressionError(`${a} ${operator} 0: division by zero`);
  if (!Number.isSafeInteger(result)) {
    throw new ExpressionError(`${a} ${operator} ${b} is beyond 2^53, where whole numbers are not exact`);
  }
  return int(result);
}

/** @throws ExpressionError if the operands cannot be compared */
export async function compare(
  operator: Comparison,
  leftOperand: Operand,
  rightOperand: Operand,
  signal?: AbortSignal,
): Promise<Operand> {
  const [left, right] = [valueOf(leftOperand), valueOf(rightOperand)];
  const meets = COMPARE[operator];
  if (isPython(left) && isPython(right)) return bool(meets(Number(left.value), Number(right.value)));
  if (left.kind === 'array' || right.kind === 'array') {
    return elementwise({ dtype: () => 'bool', apply: (a, b) => Number(meets(a, b)) }, [left, right]);
  }
  if (operator !== '==' && operator !== '!=') {
    throw new ExpressionError(`${operator}: ${describe(left)} and ${describe(right)} have no order`);
  }
  return bool((await same(left, right, signal)) === (operator === '=='));
}

async function same(left: Operand, right: Operand, signal?: AbortSignal): Promise<boolean> {
  if (left.kind === 'text' && right.kind === 'text') return left.value === right.value;
  if (left.kind !== 'tuple' || right.kind !== 'tuple') return left.kind === 'none' && right.kind === 'none';
  if (left.items.length !== right.items.length) return false;
  for (const [i, item] of left.items.entries()) {
    if (!(await truthOf(await compare('==', item, right.items[i], signal), signal))) return false;
  }
  return true;
}

/** `-`, `+` and `~`; `not` asks for the truth of a value. @throws ExpressionError */
export function unary(operator: Exclude<UnaryOperator, 'not'>, given: Operand): Operand {
  const operand = valueOf(given);
  if (isPython(operand)) {
    if (operator === '~') {
      if (operand.kind === 'bool') return bool(!operand.value);
      throw new ExpressionError('~ is for True and False');
    }
    const value = operator === '-' ? -Number(operand.value) : Number(operand.value);
    return operand.kind === 'float' ? float(value) : int(value);
  }
  const dtype = typeOf(operand);
  if ((dtype === 'bool') !== (operator === '~')) {
    throw new ExpressionError(
      operator === '~'
        ? '~ is for arrays of True and False'
        : `${operator}: use ~ for arrays of True and False`,
    );
  }
  const apply = { '-': (a: number) => -a, '+': (a: number) => a, '~': (a: number) => 1 - a }[operator];
  return elementwise({ dtype: promote, apply }, [operand]);
}

export function isPython(operand: Operand): operand is PythonNumber {
  return operand.kind === 'int' || operand.kind === 'float' || operand.kind === 'bool';
}
