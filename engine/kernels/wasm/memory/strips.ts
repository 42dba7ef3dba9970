import type { Work } from '../../work';
import { streamed, type Stream } from './streamed';
import { inWorkspace, type Floats, type Machine } from './workspace';

/** Numbers that are copied to the memory of the kernels at a time: they are still in the cache when they are read. */
const STRIP = 2 ** 17;

/** Numbers of one tile: some ten microseconds. */
const TILE = 2 ** 15;

/** An array whose numbers a kernel reads, writes, or both. */
export interface Streamed {
  readonly values: Floats;
  readonly use: 'read' | 'write' | 'both';
}

/**
 * Runs a kernel that works number by number over arrays of one length and type, strip after strip.
 * @param kernel its name; its arguments are the addresses of the arrays, `count`, `tileCount`, the address of `factors`, `start`
 *   and `more`
 * @param arrays by the kernel's names for them; one that has two names is used alike under both
 * @param factors 0 is passed where there are none
 */
export function* inStrips(
  machine: Machine,
  kernel: string,
  arrays: Readonly<Record<string, Streamed>>,
  factors: ArrayLike<number>,
  more: Readonly<Record<string, number>> = {},
  scratchBytes = 0,
): Work<void> {
  const { length } = Object.values(arrays)[0].values;
  yield* inWorkspace(machine, function* (workspace) {
    const streams = new Map<Floats, Stream>();
    for (const { values, use } of Object.values(arrays))
      if (!streams.has(values)) streams.set(values, streamed(workspace, values, use, STRIP));
    const factorsAt = factors.length > 0 ? workspace.place(Float64Array.from(factors)) : 0;
    const strip = [...streams.values()].every(({ isThere }) => isThere) ? length : STRIP;
    for (let start = 0; start < length; start += strip) {
      const end = Math.min(start + strip, length);
      const places = new Map(Array.from(streams, ([values, stream]) => [values, stream.open(start, end)]));
      const addresses = Object.entries(arrays).map(
        ([name, { values }]) => [name, places.get(values)!] as const,
      );
      const fields = {
        ...Object.fromEntries(addresses),
        count: end - start,
        tileCount: TILE,
        factors: factorsAt,
        start,
        ...more,
      };
      yield* workspace.run(kernel, fields, Math.ceil((end - start) / TILE), scratchBytes);
      for (const stream of streams.values()) stream.close();
    }
  });
}
