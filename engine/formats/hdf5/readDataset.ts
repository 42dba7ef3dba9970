import { throwIfCancelled } from '../../errors';
import { nextTurn } from '../../tensor/nextTurn';
import { sizeOf, stridesOf, type Region, type Shape } from '../../tensor';
import { boxes, partOf, type Box } from './boxes';
import { keepsChunks, readKeptChunks } from './keptChunks';
import { readHyperslab, type StoredDataset } from './hyperslab';

/** Elements of a part of a region. */
export interface Part {
  /** What holds the elements, and all that they point to. */
  readonly memory: Uint8Array;
  /** Position of the elements in it, side by side in C order. */
  readonly pointer: number;
  readonly counts: Shape;
  /** Position of the part's first element in the result, and steps in the result along each axis. */
  readonly to: number;
  readonly strides: readonly number[];
}

/** Bytes of elements read at once: enough to make the cost of a call small, few enough to stay responsive. */
const MAX_PIECE = 2 ** 23;

/**
 * Reads the elements of `region` part by part. `visit` looks at a part's elements in memory, which are gone afterwards.
 * @param most elements in a part, where fewer than fit into a piece are wanted at a time
 * @throws FormatError, CancelledError
 */
export async function readParts(
  dataset: StoredDataset,
  region: Region,
  signal: AbortSignal | undefined,
  visit: (part: Part) => void,
  most = Infinity,
): Promise<void> {
  const counts = region.map(({ count }) => count);
  if (sizeOf(counts) === 0) return;
  throwIfCancelled(signal);
  const strides = stridesOf(counts);
  // Hyperslabs run forwards; what is wanted backwards is turned round in the result.
  const forward = region.map(({ start, count, step }) =>
    step > 0 ? { start, count, step } : { start: start + (count - 1) * step, count, step: -step },
  );
  const turned = region.map(({ step }, axis) => (step > 0 ? strides[axis] : -strides[axis]));
  const origin = region.reduce(
    (sum, { step, count }, axis) => sum + (step > 0 ? 0 : (count - 1) * strides[axis]),
    0,
  );
  const limit = Math.max(1, Math.min(most, Math.floor(MAX_PIECE / dataset.elementSize)));
  const visitBox = ({ first, counts }: Box, memory: Uint8Array, pointer: number): void => {
    const to = first.reduce((sum, position, axis) => sum + position * turned[axis], origin);
    visit({ memory, pointer, counts, to, strides: turned });
  };
  if (keepsChunks(dataset, forward)) return readKeptChunks(dataset, forward, limit, signal, visitBox);

  let isFirst = true;
  for (const box of boxes(forward, dataset.chunks ?? region.map(() => 1), limit)) {
    if (!isFirst) await nextTurn(signal);
    isFirst = false;
    await readHyperslab(dataset, partOf(forward, box), (memory, pointer) => visitBox(box, memory, pointer));
  }
}

/**
 * Puts the elements of a part where they belong.
 * @param put is given an element's position in the part and in the result, and how many follow, at which step
 */
export function placeRows(
  { counts, to, strides }: Part,
  put: (from: number, to: number, count: number, step: number) => void,
): void {
  const rowAxis = counts.length - 1;
  let from = 0;
  const visit = (axis: number, position: number): void => {
    if (axis >= rowAxis) {
      put(from, position, counts[rowAxis] ?? 1, strides[rowAxis] ?? 1);
      from += counts[rowAxis] ?? 1;
      return;
    }
    for (let i = 0; i < counts[axis]; i++) visit(axis + 1, position + i * strides[axis]);
  };
  visit(0, to);
}
