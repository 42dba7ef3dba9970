import { ExpressionError } from '../../errors';
import { bytesPerElement, isFloat, type DType } from '../../tensor';
import { asArray, describe, type Operand } from './operand';

/** What an operand brings into the choice of a result's type: an array its dtype, one of Python's numbers only its kind. */
export type OperandType = DType | 'python int' | 'python float' | 'python bool';

/** @throws ExpressionError of what numbers cannot be computed with */
export function typeOf(operand: Operand): OperandType {
  switch (operand.kind) {
    case 'array':
      return operand.source.dtype;
    case 'int':
    case 'float':
    case 'bool':
      return `python ${operand.kind}`;
    case 'tuple':
      return typeOf(asArray(operand));
    default:
      throw new ExpressionError(`${describe(operand)} is no number and no array of numbers`);
  }
}

/**
 * The dtype in which NumPy computes with operands of these types, by the rules of NEP 50: Python's numbers are weak and
 * change an array's dtype only where its kind cannot hold theirs.
 */
export function promote(types: readonly OperandType[]): DType {
  return types.map(strong).reduce((a, b) => pair(a, b)).dtype;
}

interface Strength {
  readonly dtype: DType;
  readonly weak: boolean;
}

function strong(type: OperandType): Strength {
  switch (type) {
    case 'python int':
      return { dtype: 'int64', weak: true };
    case 'python float':
      return { dtype: 'float64', weak: true };
    case 'python bool':
      return { dtype: 'bool', weak: false };
    default:
      return { dtype: type, weak: false };
  }
}

const KINDS = ['bool', 'int', 'float'] as const;

function rank(dtype: DType): number {
  return KINDS.indexOf(dtype === 'bool' ? 'bool' : isFloat(dtype) ? 'float' : 'int');
}

function pair(a: Strength, b: Strength): Strength {
  if (a.weak === b.weak) return { dtype: pairOfDTypes(a.dtype, b.dtype), weak: a.weak };
  const [weak, other] = a.weak ? [a, b] : [b, a];
  return { dtype: rank(other.dtype) >= rank(weak.dtype) ? other.dtype : weak.dtype, weak: false };
}

function pairOfDTypes(a: DType, b: DType): DType {
  if (a === b || b === 'bool') return a;
  if (a === 'bool') return b;
  const [low, high] = rank(a) <= rank(b) ? [a, b] : [b, a];
  if (isFloat(low)) return pairOfFloats(low, high);
  return isFloat(high) ? pairOfFloats(floatFor(low), high) : pairOfInts(low, high);
}

function pairOfFloats(a: DType, b: DType): DType {
  const [small, large] = bytesPerElement(a) <= bytesPerElement(b) ? [a, b] : [b, a];
  // float16 and bfloat16, and two kinds of float8, do not hold each other's numbers.
  return small !== large && bytesPerElement(large) <= 2 && bytesPerElement(small) === bytesPerElement(large)
    ? 'float32'
    : large;
}

function pairOfInts(a: DType, b: DType): DType {
  const [small, large] = bytesPerElement(a) <= bytesPerElement(b) ? [a, b] : [b, a];
  const sameSign = small.startsWith('u') === large.startsWith('u');
  if (sameSign || (small.startsWith('u') && bytesPerElement(small) < bytesPerElement(large))) return large;
  const unsigned = small.startsWith('u') ? small : large;
  const wider: Partial<Record<DType, DType>> = { uint8: 'int16', uint16: 'int32', uint32: 'int64' };
  return wider[unsigned] ?? 'float64';
}

/** The float in which NumPy computes roots and the like of a dtype: the least that holds its numbers. */
export function floatFor(dtype: DType): DType {
  if (isFloat(dtype)) return dtype;
  const bytes = bytesPerElement(dtype);
  return bytes === 1 ? 'float16' : bytes === 2 ? 'float32' : 'float64';
}
