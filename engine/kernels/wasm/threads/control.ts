import type { Job } from '../crew';

/*
 * The control block: what the threads of a crew tell one another, int32 in shared memory. A run is opened by setting its
 * fields while no tile can be taken, then NEXT to 0. Whoever takes tiles says so first (BUSY), so the run is over when all
 * tiles are taken and nobody is busy; a thread that comes late finds none left, whatever run it came for.
 */

/** Counts the runs that were opened: helping threads sleep until it changes. */
const OPENED = 0;
/** Number of the kernel: {@link kernelNames}. */
const KERNEL = 1;
/** Where the kernel's arguments are. */
const ARGS = 2;
/** Where the packing buffers of the threads are, one after the other, and the bytes of each. */
const SCRATCH = 3;
const SCRATCH_BYTES = 4;
const TILES = 5;
/** The tile that is taken next. */
const NEXT = 6;
/** Set by a thread whose tile failed. */
const FAILED = 7;
/** For each helping thread whether it may be computing a tile. */
const BUSY = 8;

/** More than any run has tiles: none can be taken. */
const NONE = 2 ** 30;

/**
 * Milliseconds that a thread looks again and again for what it waits for before it sleeps: to be woken takes some 0.05, and
 * the jobs of a layer follow one another faster than that.
 */
const AWAKE_MS = 0.2;

/** A job, with its kernel as a number. */
export interface NumberedJob extends Omit<Job, 'kernel'> {
  readonly kernel: number;
}

/** What a thread does with the control block. Seats number the helping threads, from 0. */
export interface Control {
  /** Lets tiles be taken, and wakes as many helping threads as can be of use. */
  open(job: NumberedJob): void;
  job(): NumberedJob;
  /** A tile that nobody has taken; undefined if there is none left. */
  take(): number | undefined;
  /** No more tiles are taken. */
  close(): void;
  setBusy(seat: number, isBusy: boolean): void;
  isBusy(seat: number): boolean;
  /** Waits until the thread is no longer busy, at most for a time. */
  waitWhileBusy(seat: number, milliseconds: number): void;
  /** Ends the run, which has failed. */
  fail(): void;
  readonly hasFailed: boolean;
  /** The number of runs that were opened. */
  opened(): number;
  /** Sleeps while that is still the number of runs that were opened. */
  sleep(opened: number): void;
}

/** The control block of a crew. @param seats how many threads help the calling one */
export function createControlBlock(seats: number): SharedArrayBuffer {
  const block = new Int32Array(new SharedArrayBuffer(4 * (BUSY + seats)));
  block[NEXT] = NONE;
  return block.buffer;
}

export function controlOf(shared: SharedArrayBuffer): Control {
  const block = new Int32Array(shared);
  const load = (field: number): number => Atomics.load(block, field);
  const store = (field: number, value: number): void => void Atomics.store(block, field, value);
  /** Waits, at most for a time, while a field has a value. */
  const waitWhile = (field: number, value: number, milliseconds: number): void => {
    const until = performance.now() + AWAKE_MS;
    while (load(field) === value) {
      if (performance.now() < until) continue;
      Atomics.wait(block, field, value, milliseconds);
      return;
    }
  };
  return {
    open({ kernel, args, tiles, scratch, scratchBytes }) {
      store(KERNEL, kernel);
      store(ARGS, args);
      store(SCRATCH, scratch);
      store(SCRATCH_BYTES, scratchBytes);
      store(TILES, tiles);
      store(FAILED, 0);
      store(NEXT, 0);
      Atomics.add(block, OPENED, 1);
      Atomics.notify(block, OPENED, tiles - 1);
    },
    job: () => ({
      kernel: load(KERNEL),
      args: load(ARGS),
      tiles: load(TILES),
      scratch: load(SCRATCH),
      scratchBytes: load(SCRATCH_BYTES),
    }),
    take() {
      const tile = Atomics.add(block, NEXT, 1);
      return tile < load(TILES) ? tile : undefined;
    },
    close: () => store(NEXT, NONE),
    setBusy(seat, isBusy) {
      store(BUSY + seat, Number(isBusy));
      if (!isBusy) Atomics.notify(block, BUSY + seat);
    },
    isBusy: seat => load(BUSY + seat) === 1,
    waitWhileBusy: (seat, milliseconds) => waitWhile(BUSY + seat, 1, milliseconds),
    fail() {
      store(FAILED, 1);
      store(NEXT, NONE);
    },
    get hasFailed() {
      return load(FAILED) === 1;
    },
    opened: () => load(OPENED),
    sleep: opened => waitWhile(OPENED, opened, Infinity),
  };
}
