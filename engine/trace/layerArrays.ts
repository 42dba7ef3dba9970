import {
  assign,
  assignmentAt,
  indexAt,
  readTaps,
  shapeOf,
  type Arrangement,
  type Assignment,
  type Extents,
  type TapVariable,
  type Variable,
  type WindowGeometry,
} from '../conv';
import {
  cellRegion,
  checkRegion,
  lazySource,
  tensorIn,
  virtualSource,
  type ArraySource,
  type DType,
  type LazyTensor,
} from '../tensor';
import { splitRegion } from '../tensor/blocks';
import { nextTurn } from '../tensor/nextTurn';
import type { Cell, Explanation, Term } from './explanation';
import { MAX_TERMS } from './explanation';
import type { Role, TraceArray } from './trace';

/** Values of all the variables of an array's arrangement. */
export type Position = Readonly<Record<Variable, number>>;

/** What is said of each array when it is added to a layer's trace. */
interface ArrayDefinition {
  readonly role: Role;
  readonly arrangement: Arrangement;
  readonly dtype?: DType;
  readonly scaleOf?: string;
  /** Of which the array is a rearrangement: every element, each of them once. */
  readonly rearranges?: LazyTensor;
  /** Explains the cell at a position of the index variables; `cell` is the cell itself. */
  explain(position: Position, cell: Cell, signal?: AbortSignal): Explanation | Promise<Explanation>;
}

/** Taps that are read between two turns of the event loop: about a millisecond of work. */
const SLICE = 1 << 18;

/** Reads an array cell by cell. */
export type PositionReader = (position: Position) => number;

/** The arrays of one layer, by name, each an arrangement of the layer's index variables. */
export interface LayerArrays {
  readonly arrays: ReadonlyMap<string, TraceArray>;
  /** An array that is computed as it is read, cell by cell. `open` is called at each read. */
  addVirtual(
    name: string,
    definition: ArrayDefinition,
    open: (signal?: AbortSignal) => PositionReader | Promise<PositionReader>,
  ): void;
  /** An array of the taps of x (N, C, H, W), in whatever arrangement; around x lies `padding`. Read like a virtual one. */
  addTaps(
    name: string,
    definition: ArrayDefinition & { readonly arrangement: readonly (readonly TapVariable[])[] },
    taps: { readonly x: LazyTensor; readonly geometry: WindowGeometry; readonly padding: number },
  ): void;
  /** An array that is asked for as a whole when any of it is read. Its dtype is the tensor's. */
  addTensor(
    name: string,
    definition: Omit<ArrayDefinition, 'dtype' | 'rearranges'>,
    tensor: LazyTensor,
  ): void;
  /** A cell of one of the arrays, named by the index variables. */
  readonly cell: (name: string, position: Assignment, value: number) => Cell;
}

/**
 * @param layer name under which the arrangements are filed
 * @param dtype dtype of the arrays that name no other
 */
export function createLayerArrays(layer: string, extents: Extents, dtype: DType): LayerArrays {
  const arrays = new Map<string, TraceArray>();

  const origin = Object.fromEntries(Object.keys(extents).map(variable => [variable, 0])) as Record<
    Variable,
    number
  >;
  const positionAt = (arrangement: Arrangement, index: readonly number[]): Position => ({
    ...origin,
    ...assignmentAt(arrangement, extents, index),
  });

  const add = (name: string, definition: ArrayDefinition, source: ArraySource): void => {
    const { role, arrangement, scaleOf } = definition;
    arrays.set(name, {
      source,
      role,
      scaleOf,
      arrangements: { [layer]: arrangement },
      async explain(index, signal) {
        const value = Number((await source.read(cellRegion(index), signal)).data[0]);
        return definition.explain(positionAt(arrangement, index), { array: name, index, value }, signal);
      },
    });
  };

  return {
    arrays,
    addVirtual(name, definition, open) {
      const { arrangement, rearranges } = definition;
      const shape = shapeOf(arrangement, extents);
      const arrayDType = definition.dtype ?? dtype;
      add(name, definition, {
        name,
        dtype: arrayDType,
        shape,
        sameElements: rearranges && lazySource(name, rearranges),
        async read(region, signal) {
          const valueAt = await open(signal);
          const position: Record<Variable, number> = { ...origin };
          const source = virtualSource(name, arrayDType, shape, index => {
            assign(arrangement, extents, index, position);
            return valueAt(position);
          });
          return source.read(region, signal);
        },
      });
    },
    addTaps(name, definition, { x, geometry, padding }) {
      const { arrangement } = definition;
      const shape = shapeOf(arrangement, extents);
      add(name, definition, {
        name,
        dtype: x.dtype,
        shape,
        async read(region, signal, memory) {
          checkRegion(region, shape);
          const values = (await x.get(signal)).numbers();
          const counts = region.map(({ count }) => count);
          const taps = tensorIn(memory, counts, x.dtype);
          const to = taps.numbers();
          let read = 0;
          for (const part of splitRegion(region, SLICE)) {
            if (read > 0) await nextTurn(signal);
            read += readTaps(values, geometry, arrangement, part, padding, to.subarray(read));
          }
          return taps;
        },
      });
    },
    addTensor(name, definition, tensor) {
      add(name, definition, lazySource(name, tensor));
    },
    cell(name, position, value) {
      const arrangement = arrays.get(name)?.arrangements[layer];
      if (!arrangement) throw new Error(`internal: ${layer} has no array '${name}'`);
      return { array: name, index: indexAt(arrangement, extents, position), value };
    },
  };
}

/** The explanation of a cell that was read from a file or chosen. */
export function given(_position: Position, cell: Cell): Explanation {
  return { cell, rule: 'given', terms: [], termCount: 0 };
}

/** The explanation of a cell that is another one, moved. */
export function copyOf(cell: Cell, from: Cell): Explanation {
  return { cell, rule: 'copy', terms: [{ factors: [from], value: from.value }], termCount: 1 };
}

/** A factor for a tap in the padding. */
export function padCell(value: number): Cell {
  return { array: 'pad', index: [], value };
}

/** A term that is the product of two cells. */
export function product(a: Cell, b: Cell, via: readonly Cell[]): Term {
  return { factors: [a, b], value: a.value * b.value, via };
}

/** The nearest number that `dtype` can hold, of the two dtypes that are computed in. */
export function rounding(dtype: DType): (value: number) => number {
  return dtype === 'float32' ? Math.fround : value => value;
}

/**
 * A sum of terms in their order. Keeps the first {@link MAX_TERMS} of them.
 * @param add how the kernel adds: in float64, or rounding each time
 */
export function sumOf(
  terms: Iterable<Term>,
  add: (sum: number, value: number) => number = (sum, value) => sum + value,
): { terms: Term[]; termCount: number; sum: number } {
  const kept: Term[] = [];
  let termCount = 0;
  let sum = 0;
  for (const term of terms) {
    if (termCount++ < MAX_TERMS) kept.push(term);
    sum = add(sum, term.value);
  }
  return { terms: kept, termCount, sum };
}

/** The explanation of a cell that is a sum of terms, rounded once as the kernels do. */
export function explainSum(cell: Cell, terms: Iterable<Term>, round: (value: number) => number): Explanation {
  const total = sumOf(terms);
  return { cell, rule: 'sum', ...total, sum: round(total.sum) };
}
