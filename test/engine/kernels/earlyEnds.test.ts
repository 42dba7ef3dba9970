import assert from 'node:assert/strict';
import { CancelledError, UnsupportedError, type Tensor } from '../../../engine';
import {
  createSingleCrew,
  createWasmKernels,
  finish,
  type Arithmetic,
  type Crew,
  type Kernels,
} from '../../../engine/kernels';
import { createMemory } from '../../../engine/kernels/wasm/crew';
import { assertTensor } from '../support/arrays';
import { kernelCalls } from './support/calls';
import { kernelSets, moduleOf } from './support/kernelSets';

const PAGE = 2 ** 16;
const MOST_PAGES = 2 ** 10;

/** Extents of operands of some KB, and of more than there is room for then. */
const SMALL = 13;
const LARGE = 150;

const [SET] = kernelSets();

/** What happens at each job of a kernel: before it, and between its first tile and the others. */
interface Mishap {
  before?(): void;
  between?(): void;
}

/** @param pages that the memory may grow to */
function kernelsWith(arithmetic: Arithmetic, pages: number, mishap: Mishap = {}) {
  const memory = createMemory(pages);
  const crew = createSingleCrew(moduleOf(SET), memory);
  const watched: Crew = {
    ...crew,
    *run(job) {
      mishap.before?.();
      yield;
      yield* crew.run({ ...job, tiles: Math.min(1, job.tiles) });
      mishap.between?.();
      yield* crew.run(job);
    },
  };
  return { kernels: createWasmKernels(watched, { set: SET, arithmetic }), memory };
}

describe('a kernel call that ends early', () => {
  for (const [arithmetic, dtype] of [
    ['exact', 'float32'],
    ['exact', 'float64'],
    ['fast', 'float32'],
  ] as const) {
    const large = kernelCalls(dtype, LARGE);
    kernelCalls(dtype, SMALL).forEach((call, i) => {
      describe(`${call.name}, ${arithmetic}, ${dtype}`, () => {
        let expected: Tensor[];
        /** Pages it takes, and jobs it has. */
        let pages: number;
        let jobs = 0;
        before(() => {
          const { kernels, memory } = kernelsWith(arithmetic, MOST_PAGES, { before: () => jobs++ });
          expected = finish(call.run(kernels));
          pages = memory.buffer.byteLength / PAGE;
        });

        /** As in the beginning: in no more memory than the call takes, so nothing of earlier ones is left there. */
        const assertRuns = (kernels: Kernels): void =>
          finish(call.run(kernels)).forEach((tensor, index) => assertTensor(tensor, expected[index]));

        it('says how much memory it needs if that is more than there is, and leaves nothing there', () => {
          const { kernels } = kernelsWith(arithmetic, pages);
          for (let time = 0; time < 3; time++)
            assert.throws(
              () => finish(large[i].run(kernels)),
              (error: Error) => {
                assert.ok(error instanceof UnsupportedError, String(error));
                assert.match(error.message, /^kernels: .* cannot grow to [\d.]+ [KM]iB, as this layer needs/);
                return true;
              },
            );
          assertRuns(kernels);
        });

        it('leaves nothing there if a thread breaks down, whatever it was computing', () => {
          let job = 0;
          let last = Infinity;
          const { kernels } = kernelsWith(arithmetic, pages, {
            between() {
              if (job++ === last) throw new Error('broke down');
            },
          });
          for (let index = 0; index < jobs; index++) {
            [job, last] = [0, index];
            assert.throws(() => finish(call.run(kernels)), /broke down/);
          }
          last = Infinity;
          assertRuns(kernels);
        });

        it('leaves nothing there if it is cancelled', () => {
          const { kernels } = kernelsWith(arithmetic, pages);
          for (let pauses = 1; pauses <= jobs; pauses++) {
            const work = call.run(kernels);
            for (let pause = 0; pause < pauses; pause++) assert.ok(!work.next().done);
            assert.throws(() => work.throw(new CancelledError()), CancelledError);
          }
          assertRuns(kernels);
        });
      });
    });
  }
});
