import type { KernelSet } from '../../kernels';
import type { Work } from '../../work';
import type { Arena } from './arena';
import type { Floats } from '../arithmetic';
import type { Crew } from '../crew';
import type { ResultMemory } from './resultMemory';

export type { Floats };

/** What the calls of kernels share. */
export interface Machine {
  readonly set: KernelSet;
  readonly crew: Crew;
  readonly arena: Arena;
  readonly results: ResultMemory;
}

/** The memory of one call, and what runs in it. */
export interface Workspace {
  readonly set: KernelSet;
  readonly threads: number;
  /** @returns the address of so many free bytes. @throws UnsupportedError if the memory cannot grow as far */
  take(bytes: number): number;
  /** Where numbers lie that are in the memory already; undefined for others. */
  addressOf(values: Floats | Int32Array): number | undefined;
  /** Copies numbers into the memory, unless they are there already. @returns their address; nothing may be written there */
  place(values: Floats | Int32Array): number;
  /** Copies numbers to an address. */
  write(address: number, values: Floats | Int32Array): void;
  /** Fills `values` with what lies at an address. */
  read(address: number, values: Floats | Int32Array): void;
  /** Computes the tiles of a kernel, each thread with so many bytes of scratch. @param args in their order there */
  run(
    kernel: string,
    args: Readonly<Record<string, number>>,
    tiles: number,
    scratchBytes?: number,
  ): Work<void>;
}

/** Calls `body` with a workspace whose memory is given back when it ends, however it does. */
export function* inWorkspace<T>(
  { set, crew, arena }: Pick<Machine, 'set' | 'crew' | 'arena'>,
  body: (workspace: Workspace) => Work<T>,
): Work<T> {
  const taken: number[] = [];
  const take = (bytes: number): number => {
    const address = arena.take(bytes);
    taken.push(address);
    return address;
  };
  // The memory gets another buffer whenever it grows.
  const bytesAt = (address: number, length: number): Uint8Array =>
    new Uint8Array(arena.memory.buffer, address, length);
  const bytesOf = ({ buffer, byteOffset, byteLength }: Floats | Int32Array): Uint8Array =>
    new Uint8Array(buffer, byteOffset, byteLength);
  const write = (address: number, values: Floats | Int32Array): void => {
    bytesAt(address, values.byteLength).set(bytesOf(values));
  };
  const place = (values: Floats | Int32Array): number => {
    const there = arena.addressOf(values);
    if (there !== undefined) return there;
    const address = take(values.byteLength);
    write(address, values);
    return address;
  };
  try {
    return yield* body({
      set,
      threads: crew.threads,
      take,
      addressOf: arena.addressOf,
      place,
      write,
      read: (address, values) => {
        bytesOf(values).set(bytesAt(address, values.byteLength));
      },
      *run(kernel, fields, tiles, scratchBytes = 0) {
        const kept = taken.length;
        const args = place(Int32Array.from(Object.values(fields)));
        const scratch = take(scratchBytes * crew.threads);
        yield* crew.run({ kernel, args, tiles, scratch, scratchBytes });
        taken.splice(kept).forEach(arena.giveBack);
      },
    });
  } finally {
    taken.forEach(arena.giveBack);
  }
}
