import type { Seed } from './seeds';

/** What a fuzzing thread is told. */
export interface Job {
  readonly format: string;
  readonly seed: number;
  readonly seconds: number;
  /** Of a {@link createSlot}. */
  readonly memory: SharedArrayBuffer;
}

export interface Progress {
  readonly kind: 'progress';
  readonly executions: number;
  /** Blocks of code that have been run. */
  readonly blocks: number;
  readonly corpus: number;
  readonly done: boolean;
}

/** An input that broke the promise. */
export interface Found extends Seed {
  readonly kind: 'found';
  readonly problem: string;
}

/** Shared memory with the input that is being tried, which is all that is left of a thread that hangs. */
export interface Slot {
  put(input: Seed): void;
  clear(): void;
  get(): Seed;
  /** A number that changes with every input; 0 while nothing is tried. */
  ticket(): number;
}

export const SLOT_BYTES = 2 ** 24;

const TICKET = 0;
const NAME_LENGTH = 1;
const LENGTH = 2;
const NAME_AT = 16;
const BYTES_AT = 1024;

export function createSlot(memory: SharedArrayBuffer): Slot {
  const header = new Int32Array(memory, 0, 4);
  const all = new Uint8Array(memory);
  let inputs = 0;
  return {
    put({ name, bytes }) {
      const encoded = new TextEncoder().encode(name);
      all.set(encoded, NAME_AT);
      all.set(bytes.subarray(0, SLOT_BYTES - BYTES_AT), BYTES_AT);
      header[NAME_LENGTH] = encoded.length;
      header[LENGTH] = bytes.length;
      Atomics.store(header, TICKET, ++inputs);
    },
    clear: () => void Atomics.store(header, TICKET, 0),
    get: () => ({
      name: new TextDecoder().decode(all.slice(NAME_AT, NAME_AT + header[NAME_LENGTH])),
      bytes: all.slice(BYTES_AT, BYTES_AT + header[LENGTH]),
    }),
    ticket: () => Atomics.load(header, TICKET),
  };
}
