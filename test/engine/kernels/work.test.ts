import assert from 'node:assert/strict';
import { CancelledError } from '../../../engine';
import { finish, paced, type Work } from '../../../engine/kernels';

describe('long work', () => {
  function* count(to: number, ended: () => void): Work<number> {
    try {
      for (let i = 0; i < to; i++) yield;
      return to;
    } finally {
      ended();
    }
  }

  it('gives its result at once and in slices', async () => {
    assert.equal(finish(count(5, () => undefined)), 5);
    assert.equal(await paced(count(5, () => undefined)), 5);
  });

  it('that is cancelled ends what it began', async () => {
    let ended = 0;
    const controller = new AbortController();
    const running = paced(
      count(Infinity, () => ended++),
      controller.signal,
    );
    setTimeout(() => controller.abort(), 30);
    await assert.rejects(running, CancelledError);
    assert.equal(ended, 1);
  });
});
