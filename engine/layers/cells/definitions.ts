import type { Arrangement } from '../../conv';
import type { DType, LazyTensor, Shape, Tensor } from '../../tensor';
import type { Cell, Explanation, Role, TraceArray } from '../../trace';
import type { BlockFormula, Cells, Move } from './cells';

export type { BlockFormula };

/** What an array is to its layer. */
export interface Look {
  readonly role: Role;
  /** How the layer's index variables run along it; left out where they do not describe it. */
  readonly axes?: Arrangement;
  readonly scaleOf?: string;
}

/** An array that cells are made from. */
export interface Operand {
  readonly array: string;
  /** Where in the array, in C order, the cell at `position` looks (for its k-th term, in a sum). */
  readonly at: Move;
  /** How many positions, from each multiple of it on, look at the same cell; 1 where left out. */
  readonly run?: number;
}

/** An operand, or the name of an array that is read at the cell's own position. */
export type From = string | Operand;

/** What is said of an array whose every cell is a formula of cells of others. */
interface FormulaText extends Look {
  readonly shape: Shape;
  /** In words, with `{0}` for the cell of the first operand: `1 / (1 + {0})`. */
  readonly formula: string | ((position: number) => string);
  /** At most three. */
  readonly from: readonly From[];
}

/** An array whose cells are computed as they are read. */
export interface Formula extends FormulaText {
  /** The computation's where left out. */
  readonly dtype?: DType;
  readonly compute: BlockFormula;
}

/** How all the cells of an array are computed: block by block, or with a loop of its own. */
export type Computing =
  | { readonly compute: BlockFormula; readonly work?: undefined }
  | { readonly work: (signal?: AbortSignal) => Promise<Tensor> };

/** An array whose cells are kept. */
export type KeptFormula = FormulaText & Computing;

/** An array whose every cell is a sum of cells of another, or of products of cells of two. */
export interface Sum extends Look {
  readonly shape: Shape;
  /** Terms of one sum. */
  readonly count: number;
  readonly factors: readonly From[];
  /** Added to the rounded sums, by `work`. */
  readonly bias?: Operand;
  /** Makes it a mean. */
  readonly divisor?: number;
  /** Computes all the sums with a faster loop, in the same order of terms. */
  readonly work?: (signal?: AbortSignal) => Promise<Tensor>;
}

/** Where a cell that was moved comes from. */
export type Origin = (position: number) => { readonly array: string; readonly position: number };

/** Explains the cell at a position in C order. */
export type Explain = (
  position: number,
  cell: Cell,
  signal?: AbortSignal,
) => Explanation | Promise<Explanation>;

/** Arrays of a layer that are read at positions in C order, each computed and explained by the same definition. */
export interface CellArrays {
  /** What is computed in. */
  readonly dtype: DType;
  readonly arrays: ReadonlyMap<string, TraceArray>;
  /** An array that is somewhere else already, or a kept one. */
  tensor(name: string, look: Look, tensor: LazyTensor, explain?: Explain): LazyTensor;
  /** Computed as it is read; nothing of it is kept. */
  formula(name: string, formula: Formula): void;
  /** A formula whose cells are kept. */
  keptFormula(name: string, formula: KeptFormula): LazyTensor;
  sum(name: string, sum: Sum): LazyTensor;
  /** Cells of other arrays, moved. */
  copy(name: string, look: Look, tensor: LazyTensor, from: Origin): LazyTensor;
  /** What `make` computes, kept. It is no array of the layer yet. */
  kept(name: string, shape: Shape, make: (signal?: AbortSignal) => Promise<Tensor>): LazyTensor;
  /** Gets the numbers of an operand's array. */
  open(from: From, signal?: AbortSignal): Promise<OpenOperand>;
}

/** An operand, with the numbers of its array at hand. */
export interface OpenOperand {
  /** Its number for the cell at a position, and for the k-th term of that. */
  value(position: number, k: number): number;
  cell(position: number, k: number): Cell;
  /** Its numbers for the cells at all positions. */
  readonly cells: Cells;
}
