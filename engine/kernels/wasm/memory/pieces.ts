import type { Shape } from '../../../tensor';
import type { Floats, Workspace } from './workspace';

/** From a first position up to, but without, a last one. */
export type Range = readonly [from: number, to: number];

export const lengthOf = ([from, to]: Range): number => to - from;

/** A piece of an array that lies in one piece. */
interface Piece {
  readonly start: number;
  readonly length: number;
}

/** A box of an array of this shape, in pieces as long as they lie in memory, in C order. */
export function* piecesOf(shape: Shape, box: readonly Range[]): Generator<Piece, void, undefined> {
  // All axes inside of this one are in the box as a whole.
  let axis = shape.length - 1;
  let inner = 1;
  while (axis > 0 && lengthOf(box[axis]) === shape[axis]) inner *= shape[axis--];

  function* from(outer: number, position: number): Generator<Piece, void, undefined> {
    const [first, end] = box[outer];
    const start = position * shape[outer];
    if (outer === axis) yield { start: (start + first) * inner, length: (end - first) * inner };
    else for (let i = first; i < end; i++) yield* from(outer + 1, start + i);
  }
  yield* from(0, 0);
}

/** Where a box of an array lies in the memory, if it does so in one piece. */
function addressOfBox(
  workspace: Workspace,
  values: Floats,
  shape: Shape,
  box: readonly Range[],
): number | undefined {
  const address = workspace.addressOf(values);
  if (address === undefined) return undefined;
  const pieces = piecesOf(shape, box);
  const { value: first } = pieces.next();
  return first && pieces.next().done ? address + first.start * values.BYTES_PER_ELEMENT : undefined;
}

function takeBox(workspace: Workspace, values: Floats, box: readonly Range[]): number {
  const size = box.reduce((product, range) => product * lengthOf(range), 1);
  return workspace.take(size * values.BYTES_PER_ELEMENT);
}

/**
 * Copies a box of an array into the memory, as an array of the box's shape, unless it lies there so.
 * @returns the address; nothing may be written there
 */
export function placeBox(workspace: Workspace, values: Floats, shape: Shape, box: readonly Range[]): number {
  const there = addressOfBox(workspace, values, shape, box);
  if (there !== undefined) return there;
  const address = takeBox(workspace, values, box);
  let to = address;
  for (const { start, length } of piecesOf(shape, box)) {
    workspace.write(to, values.subarray(start, start + length));
    to += length * values.BYTES_PER_ELEMENT;
  }
  return address;
}

/** Room for a box of an array that is going to be computed. */
export interface OpenBox {
  /** Where it is written, as an array of the box's shape. */
  readonly address: number;
  /** Brings what has been written there to the array, if it does not lie there already. */
  close(): void;
}

export function openBox(workspace: Workspace, values: Floats, shape: Shape, box: readonly Range[]): OpenBox {
  const there = addressOfBox(workspace, values, shape, box);
  if (there !== undefined) return { address: there, close: () => undefined };
  const address = takeBox(workspace, values, box);
  const close = (): void => {
    let from = address;
    for (const { start, length } of piecesOf(shape, box)) {
      workspace.read(from, values.subarray(start, start + length));
      from += length * values.BYTES_PER_ELEMENT;
    }
  };
  return { address, close };
}

/** 0, step, 2 · step …: offsets of what lies evenly in memory. */
export function multiples(count: number, step: number): Int32Array {
  const offsets = new Int32Array(count);
  for (let i = 0; i < count; i++) offsets[i] = i * step;
  return offsets;
}
