import assert from 'node:assert/strict';
import {
  createWasmKernels,
  type Arithmetic,
  type Crew,
  type Kernels,
  type KernelSet,
} from '../../../../engine/kernels';
import { createArena, type Arena } from '../../../../engine/kernels/wasm/memory/arena';
import { createMemory, instantiate } from '../../../../engine/kernels/wasm/crew';
import { randomNumbers } from '../../support/arrays';
import { moduleOf } from './kernelSets';

/** A cache line: so much lies free behind each piece of memory. */
const LINE = 64;

/** All bits set: NaN, and integers that are no index. */
const UNUSED = 0xff;

/**
 * Kernels as two threads would run them, in whatever order. Their memory holds NaN wherever they have not written, and they
 * fail if they write around what they have taken: before it, or more than a vector or so behind it.
 */
export function guardedKernels(set: KernelSet, arithmetic: Arithmetic): Kernels {
  const memory = createMemory();
  const compute = instantiate(moduleOf(set), memory);
  const next = randomNumbers(1);
  const crew: Crew = {
    threads: 2,
    memory,
    *run({ kernel, args, tiles, scratch, scratchBytes }) {
      yield;
      const order = Array.from({ length: tiles }, (_, tile) => ({ tile, place: next() }));
      order.sort((a, b) => a.place - b.place);
      order.forEach(({ tile }, i) => compute[kernel](args, tile, scratch + (i % 2) * scratchBytes));
    },
    end: () => undefined,
  };
  return createWasmKernels(crew, { set, arithmetic }, guarded(createArena(memory)));
}

function guarded(arena: Arena): Arena {
  const sizes = new Map<number, number>();
  const bytes = (from: number, length: number): Uint8Array =>
    new Uint8Array(arena.memory.buffer, from, length);
  return {
    ...arena,
    take(wanted) {
      const size = Math.ceil(wanted / LINE) * LINE + LINE;
      const from = arena.take(LINE + size + LINE);
      bytes(from, LINE + size + LINE).fill(UNUSED);
      sizes.set(from + LINE, size);
      return from + LINE;
    },
    giveBack(address) {
      const size = sizes.get(address);
      if (size === undefined) return;
      for (const guard of [address - LINE, address + size])
        assert.ok(
          bytes(guard, LINE).every(byte => byte === UNUSED),
          `written ${guard < address ? 'before' : 'behind'} memory of ${size - LINE} bytes`,
        );
      sizes.delete(address);
      arena.giveBack(address - LINE);
    },
  };
}
