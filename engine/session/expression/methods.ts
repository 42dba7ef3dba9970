import { ExpressionError } from '../../errors';
import { compactShape, isDType, sizeOf, type ArraySource, type Shape } from '../../tensor';
import { axesOf, bind, required, wholesOf } from './arguments';
import { elementwise } from './elementwise';
import { array, held, numberOf, truthOf, tuple, valueOf, type Arguments, type Operand } from './operand';
import { promote } from './promotion';
import { reduce, type ReductionName } from './reductions';
import { converted, reshaped, transposed } from './views';

/** What can be done with an array: `out.max(axis=1)`, or `np.max(out, axis=1)`. */
export interface Method {
  /** Its arguments and what it does, for completion. */
  readonly detail: string;
  call(source: ArraySource, given: Arguments): Operand | Promise<Operand>;
}

function reduction(name: ReductionName, detail: string): [string, Method] {
  const parameters = name.startsWith('arg') ? ['axis'] : ['axis', 'keepdims'];
  return [
    name,
    {
      detail: `(${parameters.join(', ')}) ${detail}`,
      async call(source, given) {
        const bound = bind(given, parameters);
        const axes = await axesOf(bound.get('axis'), source.shape.length, given.signal);
        if (name.startsWith('arg') && axes.length > 1 && bound.get('axis')?.kind === 'tuple') {
          throw new ExpressionError('takes one axis, or none');
        }
        const keepdims = bound.get('keepdims');
        const keeps = keepdims !== undefined && (await truthOf(keepdims, given.signal));
        return held(await reduce(name, source, axes, keeps, given.signal));
      },
    },
  ];
}

export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  reduction('max', 'largest value; NaN if there is one'),
  reduction('min', 'smallest value; NaN if there is one'),
  reduction('mean', 'mean'),
  reduction('sum', 'sum'),
  reduction('std', 'standard deviation'),
  reduction('var', 'variance'),
  reduction('any', 'whether any value is not 0'),
  reduction('all', 'whether no value is 0'),
  reduction('argmax', 'position of the largest value'),
  reduction('argmin', 'position of the smallest value'),
  [
    'abs',
    {
      detail: '() absolute values',
      call: (source, given) => {
        bind(given, []);
        return elementwise({ dtype: promote, apply: Math.abs }, [array(source)]);
      },
    },
  ],
  [
    'round',
    {
      detail: '(decimals) rounded, halves to the even neighbour',
      call: (source, given) => roundArray(source, given),
    },
  ],
  [
    'reshape',
    {
      detail: '(shape) the same values in another shape; -1 is what is left',
      async call(source, given) {
        const shape = await severalOf(given, 'shape');
        return array(reshaped(source, completeShape(shape, source.shape)));
      },
    },
  ],
  [
    'transpose',
    {
      detail: '(axes) the axes in another order, the reverse where none is given',
      async call(source, given) {
        const axes = await severalOf(given, 'axes');
        if (axes.length === 0) return array(reversed(source));
        const order = await axesOf(tuple(axes.map(value => ({ kind: 'int', value }))), source.shape.length);
        if (order.length !== source.shape.length) {
          throw new ExpressionError(
            `(${axes.join(',')}) is no order of the axes of ${compactShape(source.shape)}`,
          );
        }
        return array(transposed(source, order));
      },
    },
  ],
  [
    'astype',
    {
      detail: "(dtype) converted, e.g. 'float32'",
      call(source, given) {
        const dtype = valueOf(required(bind(given, ['dtype']), 'dtype'));
        const name = dtype.kind === 'text' ? dtype.value : '';
        if (!isDType(name)) throw new ExpressionError("takes the name of a dtype, e.g. 'float32'");
        return array(converted(source, name));
      },
    },
  ],
  [
    'flatten',
    {
      detail: '() all values in one row',
      call: (source, given) => {
        bind(given, []);
        return array(reshaped(source, [sizeOf(source.shape)]));
      },
    },
  ],
]);

/** The axes in the reverse order, NumPy's `.T`. */
export function reversed(source: ArraySource): ArraySource {
  return transposed(source, source.shape.map((_, axis) => axis).reverse());
}

async function roundArray(source: ArraySource, given: Arguments): Promise<Operand> {
  const decimals = bind(given, ['decimals']).get('decimals');
  const places = (decimals && (await numberOf(decimals, given.signal))) ?? 0;
  const scale = 10 ** places;
  // NumPy multiplies in the array's own dtype, which decides what is a half.
  const times = source.dtype === 'float32' ? Math.fround : Number;
  const apply = (value: number): number =>
    Number.isFinite(value) ? halfToEven(times(value * scale)) / scale : value;
  return elementwise({ dtype: promote, apply }, [array(source)]);
}

/** The nearest whole number, of two the even one. */
export function halfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** Whole numbers given one by one or in a tuple. */
async function severalOf({ positional, named, signal }: Arguments, name: string): Promise<number[]> {
  const bound = named.get(name);
  if (named.size > (bound ? 1 : 0)) bind({ positional: [], named }, [name]);
  const given = bound ? [bound] : positional;
  return wholesOf(given.length === 1 ? given[0] : tuple(given), `each number of ${name}`, signal);
}

/** A shape with what -1 stands for. @throws ExpressionError if it does not hold the array's elements */
function completeShape(wanted: readonly number[], shape: Shape): number[] {
  const size = sizeOf(shape);
  const known = wanted.filter(extent => extent !== -1);
  const rest = known.every(extent => extent >= 0) ? size / sizeOf(known) : NaN;
  const open = wanted.length - known.length;
  if (open > 1 || !Number.isInteger(rest) || (open === 0 && rest !== 1 && size > 0)) {
    throw new ExpressionError(
      `${compactShape(shape)} has ${size} values: they do not fill ${compactShape(wanted)}`,
    );
  }
  return wanted.map(extent => (extent === -1 ? rest : extent));
}
