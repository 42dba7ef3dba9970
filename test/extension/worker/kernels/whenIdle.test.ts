import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { finish, type Crew, type Job } from '../../../../engine/kernels';
import { whenIdle } from '../../../../extension/worker/kernels/whenIdle';

describe('a crew that is watched', () => {
  const job: Job = { kernel: 'none', args: 0, tiles: 3, scratch: 0, scratchBytes: 0 };
  const crew: Crew = {
    threads: 1,
    memory: new WebAssembly.Memory({ initial: 1 }),
    *run({ tiles }) {
      for (let tile = 0; tile < tiles; tile++) yield;
    },
    end: () => undefined,
  };
  let times = 0;
  const watched = whenIdle(crew, () => times++);

  beforeEach(() => {
    times = 0;
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  it('is idle once, ten seconds after the last job', () => {
    mock.timers.tick(20_000);
    assert.equal(times, 0, 'it has had no job');
    finish(watched.run(job));
    mock.timers.tick(9000);
    finish(watched.run(job));
    mock.timers.tick(9000);
    assert.equal(times, 0);
    mock.timers.tick(20_000);
    assert.equal(times, 1);
  });

  it('is not idle in the middle of a job, and is after one that was cancelled', () => {
    const first = watched.run(job);
    first.next();
    finish(watched.run(job));
    mock.timers.tick(20_000);
    assert.equal(times, 0);
    first.return();
    mock.timers.tick(10_000);
    assert.equal(times, 1);
  });
});
