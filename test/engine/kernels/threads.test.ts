import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError } from '../../../engine';
import { finish, paced } from '../../../engine/kernels';
import type { Crew, Job } from '../../../engine/kernels/wasm/crew';
import { createThreadedCrew } from '../../../engine/kernels/wasm/threads';
import { compileAssembly } from '../../../kernels.mjs';
import { startThreads } from './support/kernelThreads';

const ARGS = 64;
const SCRATCH = 2 ** 15;
const TILES = 200;
/** Of the loop of a tile: about a millisecond. */
const TURNS = 400_000;

/**
 * mark: each tile counts itself, and for the thread that computes it in that one's own memory. trap: one tile fails.
 * hang: the calling thread waits until another one has a tile, which never ends.
 */
const KERNELS = `
  export function mark(args: usize, tile: i32, scratch: usize): void {
    for (let turn = load<i32>(args); turn > 0; turn--) store<i32>(scratch + 4, turn);
    store<i32>(scratch, load<i32>(scratch) + 1);
    const cell = args + 4 + 4 * tile;
    store<i32>(cell, load<i32>(cell) + 1);
  }
  export function trap(args: usize, tile: i32, scratch: usize): void {
    if (tile == load<i32>(args)) unreachable();
  }
  export function hang(args: usize, tile: i32, scratch: usize): void {
    if (scratch == ${SCRATCH}) while (atomic.load<i32>(args) == 0) {}
    else for (;;) atomic.store<i32>(args, 1);
  }`;

const job = (kernel: string, tiles = TILES): Job => ({
  kernel,
  args: ARGS,
  tiles,
  scratch: SCRATCH,
  scratchBytes: 64,
});

describe('the threads of a crew', () => {
  let module: WebAssembly.Module;
  let crew: Crew;
  /** What ends each thread that was started. */
  let stops: readonly (() => void)[] = [];

  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
    writeFileSync(join(folder, 'kernels.ts'), KERNELS);
    const wasm = join(folder, 'kernels.wasm');
    await compileAssembly(join(folder, 'kernels.ts'), wasm, ['--enable', 'threads', '--sharedMemory']);
    module = await WebAssembly.compile(readFileSync(wasm));
    rmSync(folder, { recursive: true });
  });
  const start = (threads: number): void => {
    ({ crew, stops } = startThreads(module, threads));
  };
  afterEach(() => crew.end());

  const words = (): Int32Array => new Int32Array(crew.memory.buffer);
  const tilesDone = (tiles = TILES): number[] => [...words().subarray(ARGS / 4 + 1, ARGS / 4 + 1 + tiles)];
  /** Tiles that each thread has computed. */
  const shares = (): number[] =>
    Array.from({ length: crew.threads }, (_, thread) => words()[(SCRATCH + 64 * thread) / 4]);
  const setTurns = (turns: number): void => {
    words()[ARGS / 4] = turns;
  };
  /** Runs jobs until all threads have had a share: they start while the first ones run. */
  const warm = async (): Promise<void> => {
    setTurns(TURNS);
    while (shares().some(share => share === 0)) await paced(crew.run(job('mark')));
    words().fill(0);
  };

  for (const threads of [1, 2, 3]) {
    it(`compute each tile once: ${threads}`, async () => {
      start(threads);
      await warm();
      setTurns(1000);
      for (let run = 0; run < 200; run++) finish(crew.run(job('mark')));
      assert.deepEqual(
        tilesDone(),
        Array.from({ length: TILES }, () => 200),
      );
      assert.equal(
        shares().reduce((sum, share) => sum + share),
        200 * TILES,
      );
    });
  }

  it('are not started for a little work', () => {
    start(2);
    setTurns(1);
    finish(crew.run(job('mark')));
    assert.equal(stops.length, 0);
  });

  it('stop at the next tile when the work is cancelled', async () => {
    start(3);
    await warm();
    setTurns(TURNS);
    const controller = new AbortController();
    const running = paced(crew.run(job('mark', 5000)), controller.signal);
    await new Promise(done => setTimeout(done, 50));
    controller.abort();
    await assert.rejects(running, CancelledError);
    const done = tilesDone(5000);
    await new Promise(later => setTimeout(later, 30));
    assert.deepEqual(tilesDone(5000), done, 'tiles were computed afterwards');
  });

  it('that run when another job is under way leave it to the calling one', async () => {
    start(2);
    await warm();
    setTurns(TURNS);
    const first = crew.run(job('mark'));
    assert.ok(!first.next().done, 'it was done at once');
    finish(crew.run({ ...job('mark'), scratch: SCRATCH + 1024 }));
    finish(first);
    assert.deepEqual(
      tilesDone(),
      Array.from({ length: TILES }, () => 2),
    );
  });

  it('say when one ends in the middle of a tile, and are complete again afterwards', async () => {
    start(2);
    await warm();
    const running = paced(crew.run(job('hang', 2)));
    stops[0]();
    await assert.rejects(running, /kernels: a thread broke down in the middle of hang; run it again/);
    await warm();
    assert.equal(stops.length, 2);
  });

  it('pass on what a kernel fails with, whoever computes the tile', async () => {
    start(2);
    await warm();
    words()[ARGS / 4] = 150;
    for (let run = 0; run < 50; run++)
      assert.throws(() => finish(crew.run(job('trap'))), /unreachable|broke down in the middle of trap/);
    await warm();
    assert.equal(stops.length, 1);
  });

  it('go on without those that cannot be started', async () => {
    let starts = 0;
    crew = createThreadedCrew(module, 2, {
      start(_, onEnd) {
        starts++;
        setTimeout(onEnd, 0);
        return () => undefined;
      },
    });
    setTurns(TURNS);
    for (let run = 0; run < 3; run++) await paced(crew.run(job('mark')));
    assert.deepEqual(
      tilesDone(),
      Array.from({ length: TILES }, () => 3),
    );
    assert.ok(starts <= 8, `${starts} were started`);
  });
});
