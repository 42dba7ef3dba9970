import { throwIfCancelled } from '../errors';
import type { ArraySource, Region } from './arraySource';
import { bytesPerElement } from './dtype';
import { nextTurn } from './nextTurn';
import { sizeOf } from './shape';
import type { Tensor } from './tensor';

/** Elements read at a time: a millisecond of work, 2 MiB of float64. */
const BLOCK_SIZE = 1 << 18;

/** Milliseconds of work between two turns of the event loop, which take a millisecond themselves. */
const TURN_AFTER = 25;

/**
 * The elements of `region` in C order, in blocks of at most 2^18, so that an array of any size passes through little
 * memory: {@link readRegions}.
 * @throws IndexError, CancelledError
 */
export async function* readBlocks(
  source: ArraySource,
  region: Region,
  signal?: AbortSignal,
): AsyncGenerator<Tensor, void, undefined> {
  yield* readRegions(source, splitRegion(region, BLOCK_SIZE), signal);
}

/**
 * Reads regions one after the other. The next one is read meanwhile, into the memory of the one before if it is of its
 * size: a tensor is good until the next is asked for. The event loop turns now and then.
 * @throws IndexError, CancelledError
 */
export async function* readRegions(
  source: ArraySource,
  regions: Iterable<Region>,
  signal?: AbortSignal,
): AsyncGenerator<Tensor, void, undefined> {
  const parts = regions[Symbol.iterator]();
  let free: ArrayBuffer | undefined;
  const readNext = () => {
    const { value: part } = parts.next() as IteratorResult<Region, undefined>;
    if (!part) return undefined;
    const memory = free ?? new ArrayBuffer(sizeOf(counts(part)) * bytesPerElement(source.dtype));
    const reading = source.read(part, signal, memory);
    reading.catch(() => undefined); // who leaves before it is there does not want its error either
    return { reading, memory };
  };

  throwIfCancelled(signal);
  let turned = Date.now();
  for (let next = readNext(); next;) {
    const { reading, memory } = next;
    const block = await reading;
    next = readNext();
    yield block;
    free = memory;
    throwIfCancelled(signal);
    if (Date.now() - turned >= TURN_AFTER) {
      await nextTurn(signal);
      turned = Date.now();
    }
  }
}

/** `region` as regions of at most `limit` elements, cut along its outermost axes; one after the other they are `region` in C order. */
export function* splitRegion(region: Region, limit: number): Generator<Region, void, undefined> {
  const size = sizeOf(counts(region));
  if (size === 0) return;
  if (size <= limit) {
    yield region;
    return;
  }
  const axis = region.findIndex(range => range.count > 1);
  const { start, count, step } = region[axis];
  const inner = size / count;
  const most = Math.max(1, Math.floor(limit / inner));
  for (let from = 0; from < count; from += most) {
    const part = { start: start + from * step, count: Math.min(most, count - from), step };
    yield* splitRegion(region.with(axis, part), limit);
  }
}

function counts(region: Region): number[] {
  return region.map(range => range.count);
}
