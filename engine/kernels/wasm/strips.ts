import type { Work } from '../work';
import { inWorkspace, type Floats, type Machine } from './workspace';

/** Numbers that are in the memory of the kernels at a time: they are still in the cache when they are read. */
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
  const [{ values: first }] = Object.values(arrays);
  const { length } = first;
  yield* inWorkspace(machine, function* (workspace) {
    const bytes = Math.min(STRIP, length) * first.BYTES_PER_ELEMENT;
    // An array that has two names lies there once.
    const places = new Map<Floats, number>();
    const place = (values: Floats): number => {
      const address = places.get(values) ?? workspace.take(bytes);
      places.set(values, address);
      return address;
    };
    const addresses = Object.fromEntries(
      Object.entries(arrays).map(([name, { values }]) => [name, place(values)]),
    );
    const used = (...uses: Streamed['use'][]): Set<Floats> =>
      new Set(
        Object.values(arrays)
          .filter(({ use }) => uses.includes(use))
          .map(({ values }) => values),
      );
    const [read, written] = [used('read', 'both'), used('write', 'both')];
    const factorsAt = factors.length > 0 ? workspace.place(Float64Array.from(factors)) : 0;
    for (let start = 0; start < length; start += STRIP) {
      const end = Math.min(start + STRIP, length);
      const fields = {
        ...addresses,
        count: end - start,
        tileCount: TILE,
        factors: factorsAt,
        start,
        ...more,
      };
      for (const values of read) workspace.write(place(values), values.subarray(start, end));
      yield* workspace.run(kernel, fields, Math.ceil((end - start) / TILE), scratchBytes);
      for (const values of written) workspace.read(place(values), values.subarray(start, end));
    }
  });
}
