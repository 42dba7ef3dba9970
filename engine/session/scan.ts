import { isFloat, unravel, wholeRegion, type ArraySource } from '../tensor';
import { readBlocks } from '../tensor/blocks';

/** Cells of an array that meet a test. */
export interface FoundCells {
  readonly count: number;
  /** Of the first of them. */
  readonly index: readonly number[];
  readonly value: number;
}

/** The cells that meet a test; `undefined` if none does. The array passes block by block. @throws CancelledError */
export async function findCells(
  source: ArraySource,
  meets: (value: number) => boolean,
  signal?: AbortSignal,
): Promise<FoundCells | undefined> {
  let count = 0;
  let first = -1;
  let value = NaN;
  let offset = 0;
  for await (const block of readBlocks(source, wholeRegion(source.shape), signal)) {
    const values = block.numbers();
    for (let i = 0; i < values.length; i++) {
      if (!meets(values[i])) continue;
      if (count++ === 0) {
        first = offset + i;
        value = values[i];
      }
    }
    offset += values.length;
  }
  return count === 0 ? undefined : { count, index: unravel(first, source.shape), value };
}

/** The cells that hold NaN or ±Inf; `undefined` if all are finite. @throws CancelledError */
export async function findNotFinite(
  source: ArraySource,
  signal?: AbortSignal,
): Promise<FoundCells | undefined> {
  return isFloat(source.dtype) ? findCells(source, value => !Number.isFinite(value), signal) : undefined;
}

/**
 * Positions on axis 1 (channels, units) of an array with at least two axes where every cell meets a test.
 * @throws CancelledError
 */
export async function findChannels(
  source: ArraySource,
  meets: (value: number) => boolean,
  signal?: AbortSignal,
): Promise<number[]> {
  const [, channels, ...rest] = source.shape;
  const inner = rest.reduce((size, extent) => size * extent, 1);
  const good = new Set(Array.from({ length: channels }, (_, channel) => channel));
  let offset = 0;
  for await (const block of readBlocks(source, wholeRegion(source.shape), signal)) {
    const values = block.numbers();
    for (let i = 0; i < values.length; i++) {
      if (!meets(values[i])) good.delete(Math.floor((offset + i) / inner) % channels);
    }
    offset += values.length;
    if (good.size === 0) return [];
  }
  return offset === 0 ? [] : [...good];
}
