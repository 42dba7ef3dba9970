import { ExpressionError } from '../../errors';
import {
  allocate,
  cellRegion,
  checkRegion,
  compactShape,
  copyStrided,
  isFloat,
  sizeOf,
  stridesOf,
  Tensor,
  type ArraySource,
  type DType,
  type Numbers,
  type Region,
  type Shape,
} from '../../tensor';
import { array, asArray, valueOf, type ArrayOperand, type Operand } from './operand';
import { promote, typeOf, type OperandType } from './promotion';

/** An operation on the elements of one, two or three arrays at the same place. */
export interface ElementRule {
  /** Dtype of the result. @throws ExpressionError where the operation does not know such operands */
  dtype(types: readonly OperandType[]): DType;
  /** The element, in float64; it is rounded to the result's dtype after that. */
  apply(a: number, b: number, c: number): number;
}

/**
 * The operation on arrays, numbers and lists of numbers, broadcast as NumPy does. Nothing is computed before the
 * result is read, region by region.
 * @throws ExpressionError if the shapes do not broadcast, or the operation does not know such operands
 */
export function elementwise(rule: ElementRule, given: readonly Operand[]): ArrayOperand {
  const values = given.map(value => (valueOf(value).kind === 'tuple' ? asArray(value) : valueOf(value)));
  const operands = values.some(({ kind }) => kind === 'array') ? values : values.map(asArray);
  const types = operands.map(typeOf);
  const dtype = rule.dtype(types);
  const arrays = operands.flatMap(operand => (operand.kind === 'array' ? [operand.source] : []));
  const shape = broadcast(arrays);
  const common = promote(types);
  const readers = operands.map(operand => readerOf(operand, shape, common));
  return array({
    name: '',
    dtype,
    shape,
    async read(region, signal) {
      checkRegion(region, shape);
      const counts = region.map(range => range.count);
      const parts: Numbers[] = [];
      for (const read of readers) parts.push(await read(region, counts, signal));
      const [a, b = a, c = a] = parts;
      const values = new Float64Array(sizeOf(counts));
      for (let i = 0; i < values.length; i++) values[i] = rule.apply(a[i], b[i], c[i]);
      return Tensor.from(values, counts, dtype);
    },
  });
}

type Reader = (region: Region, counts: Shape, signal?: AbortSignal) => Promise<Numbers>;

/** @param common dtype of the computation: one of Python's numbers is rounded to it before */
function readerOf(operand: Operand, shape: Shape, common: DType): Reader {
  if (operand.kind !== 'array') {
    const given = 'value' in operand ? Number(operand.value) : NaN;
    const value = isFloat(common) ? Tensor.from([given], [], common).at() : given;
    return (_region, counts) => Promise.resolve(new Float64Array(sizeOf(counts)).fill(value));
  }
  const { source } = operand;
  const missing = shape.length - source.shape.length;
  return async (region, counts, signal) => {
    const own = source.shape.map((extent, axis) =>
      extent === 1 ? cellRegion([0])[0] : region[axis + missing],
    );
    const part = await source.read(own, signal);
    return part.size === sizeOf(counts) ? part.numbers() : spread(part, counts);
  };
}

/** The elements of a part repeated along the axes that it has only one position of. */
function spread(part: Tensor, counts: Shape): Numbers {
  const missing = counts.length - part.shape.length;
  const own = stridesOf(part.shape);
  const strides = counts.map((_, axis) =>
    axis < missing || part.shape[axis - missing] === 1 ? 0 : own[axis - missing],
  );
  const repeated = Tensor.wrap(allocate(part.dtype, sizeOf(counts)), counts, part.dtype);
  copyStrided(part.data, 0, strides, counts, repeated.data);
  return repeated.numbers();
}

/** @throws ExpressionError */
function broadcast(sources: readonly ArraySource[]): Shape {
  const rank = Math.max(...sources.map(({ shape }) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const { shape } of sources) {
    shape.forEach((extent, axis) => {
      const at = axis + rank - shape.length;
      if (extent === 1 || extent === result[at]) return;
      if (result[at] !== 1) {
        const shapes = sources.map(source => compactShape(source.shape)).join(' and ');
        throw new ExpressionError(`the shapes ${shapes} do not fit together (axis ${at})`);
      }
      result[at] = extent;
    });
  }
  sizeOf(result);
  return result;
}
