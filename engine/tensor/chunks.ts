import type { ArraySource, Region } from './arraySource';
import { readBlocks } from './blocks';
import type { Tensor } from './tensor';
import { valueLoops, type ValueLoops } from './valueLoops';

/** What looks at the values of an array one after another. */
export interface ChunkVisitor {
  /** @param chunk good until this returns, and free to be changed */
  add(chunk: Float64Array): void;
  /** The same for float32, by faster loops. @returns false, and does nothing, if it needs them as float64 */
  addFloats(chunk: Float32Array, loops: ValueLoops): boolean;
}

type Numbers = ReturnType<Tensor['numbers']>;

/**
 * Shows all values of a region to the visitor.
 * @param onVisited told after each block how many elements have been visited
 * @throws CancelledError
 */
export async function visitChunks(
  source: ArraySource,
  region: Region,
  signal: AbortSignal | undefined,
  visitor: ChunkVisitor,
  onVisited?: (elements: number) => void,
): Promise<void> {
  let visited = 0;
  for await (const block of readBlocks(source, region, signal)) {
    const values = block.numbers();
    const loops = valueLoops();
    const rest = loops && values instanceof Float32Array ? visitFloats(values, visitor, loops) : values;
    addAll(rest, visitor);
    visited += block.size;
    onVisited?.(visited);
  }
}

/** @returns what is left over */
function visitFloats(values: Float32Array, visitor: ChunkVisitor, loops: ValueLoops): Float32Array {
  const whole = values.length - (values.length % 4);
  for (let start = 0; start < whole; start += loops.most) {
    const chunk = values.subarray(start, Math.min(whole, start + loops.most));
    if (!visitor.addFloats(chunk, loops)) addAll(chunk, visitor);
  }
  return values.subarray(whole);
}

function addAll(values: Numbers, visitor: ChunkVisitor): void {
  for (const chunk of chunksOf(values)) visitor.add(chunk);
}

/** Elements that are looked at together: as float64 they fit into the innermost cache of a processor. */
const CHUNK = 1 << 12;

/**
 * The values as float64, in chunks; each is good until the next. The loops over them then meet one kind of array only: once
 * they had met several, engines would compile them to code that asks at each element which it is.
 */
function* chunksOf(values: Numbers): Generator<Float64Array, void> {
  const memory = new Float64Array(Math.min(CHUNK, values.length));
  for (let start = 0; start < values.length; start += CHUNK) {
    const chunk = memory.subarray(0, values.length - start);
    chunk.set(values.subarray(start, start + chunk.length));
    yield chunk;
  }
}

/** The finite values of a chunk, moved to its beginning. */
export function finiteOf(chunk: Float64Array): Float64Array {
  let kept = 0;
  for (let i = 0; i < chunk.length; i++) if (isFinite(chunk[i])) chunk[kept++] = chunk[i];
  return chunk.subarray(0, kept);
}
