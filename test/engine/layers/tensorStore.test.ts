import assert from 'node:assert/strict';
import { CancelledError, Tensor, type LazyTensor } from '../../../engine';
import { createTensorStore, type TensorStore } from '../../../engine/layers';

const BYTES = 80;

/** A kept tensor of 80 bytes, every number of which is how often it has been made. */
function counted(
  store: TensorStore,
  wait: (signal?: AbortSignal) => Promise<unknown> = () => Promise.resolve(),
) {
  const made = { times: 0 };
  const { out } = store.keep({ out: { shape: [10], dtype: 'float64' } }, async signal => {
    await wait(signal);
    return { out: Tensor.full([10], ++made.times, 'float64') };
  });
  return { out, made };
}

/** Something to wait for, and how to end it. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>(resolve => (open = resolve));
  return { opened, open };
}

const aborted = (signal?: AbortSignal): Promise<never> =>
  new Promise((_, reject) =>
    signal?.addEventListener('abort', () => reject(new CancelledError()), { once: true }),
  );

describe('createTensorStore', () => {
  it('makes nothing before it is asked for, and then once', async () => {
    const store = createTensorStore();
    const { out, made } = counted(store);
    assert.deepEqual([made.times, store.keptBytes(), store.isKept(out)], [0, 0, false]);
    assert.equal((await out.get()).at(0), 1);
    assert.equal((await out.get()).at(0), 1);
    assert.deepEqual([store.keptBytes(), store.isKept(out)], [BYTES, true]);
  });

  it('keeps of a computation only what was announced', async () => {
    const store = createTensorStore();
    const both = { out: Tensor.zeros([10], 'float64'), more: Tensor.zeros([1000], 'float64') };
    const { out } = store.keep({ out: { shape: [10], dtype: 'float64' } }, () => Promise.resolve(both));
    await out.get();
    assert.equal(store.keptBytes(), BYTES);
  });

  it('does not begin to make what is too large to be held, and says what', async () => {
    const store = createTensorStore();
    const { out } = store.keep({ out: { shape: [2, 30, 2_000_024, 2_000_024], dtype: 'float32' } }, () =>
      assert.fail('it was begun'),
    );
    await assert.rejects(out.get(), {
      code: 'unsupported',
      message:
        /^out \(2,30,2000024,2000024\) takes 873\.1 TiB, and no array of more than 4 GiB is computed: make/,
    });
    const { dx } = store.keep({ dx: { shape: [1000], dtype: 'float32' } }, async () => ({
      dx: await Promise.resolve(Tensor.zeros([2 ** 50])),
    }));
    await assert.rejects(
      dx.get(),
      /^UnsupportedError: dx \(1000,\) takes 3\.9 KiB, and this computer has not/,
    );
  });

  it('makes together what one computation gives', async () => {
    const store = createTensorStore();
    let times = 0;
    const form = { shape: [1], dtype: 'float64' } as const;
    const { out, argMax } = store.keep({ out: form, argMax: form }, () => {
      times++;
      return Promise.resolve({ out: Tensor.full([1], 1), argMax: Tensor.full([1], 2) });
    });
    assert.deepEqual([(await argMax.get()).at(0), (await out.get()).at(0), times], [2, 1, 1]);
  });

  it('lets those go that nobody has asked for the longest, and makes them again', async () => {
    const store = createTensorStore(2 * BYTES);
    const [a, b, c] = [counted(store), counted(store), counted(store)];
    await a.out.get();
    await b.out.get();
    await a.out.get();
    await c.out.get();
    assert.deepEqual(
      [a, b, c].map(({ out }) => store.isKept(out)),
      [true, false, true],
    );
    assert.equal(store.keptBytes(), 2 * BYTES);
    await b.out.get();
    assert.deepEqual(
      [a, b, c].map(({ made }) => made.times),
      [1, 2, 1],
    );
  });

  it('keeps what was made last even beyond the budget, and nothing else', async () => {
    const store = createTensorStore(BYTES / 2);
    const [a, b] = [counted(store), counted(store)];
    await a.out.get();
    await b.out.get();
    assert.deepEqual([store.isKept(a.out), store.isKept(b.out), store.keptBytes()], [false, true, BYTES]);
  });

  it('computes once for all who ask meanwhile', async () => {
    const store = createTensorStore();
    const { opened, open } = gate();
    const { out, made } = counted(store, () => opened);
    const all = [out.get(), out.get(), out.get()];
    open();
    assert.deepEqual(
      (await Promise.all(all)).map(tensor => tensor.at(0)),
      [1, 1, 1],
    );
    assert.equal(made.times, 1);
  });

  it('goes on while anyone still waits', async () => {
    const store = createTensorStore();
    const { opened, open } = gate();
    let stopped = false;
    const { out } = counted(store, async signal => {
      signal?.addEventListener('abort', () => (stopped = true));
      await opened;
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const [one, two] = [out.get(first.signal), out.get(second.signal)];
    first.abort();
    await assert.rejects(one, CancelledError);
    open();
    assert.equal((await two).at(0), 1);
    assert.equal(stopped, false);
  });

  it('gives up once nobody waits, and begins anew for the next', async () => {
    const store = createTensorStore();
    let calls = 0;
    const { out } = counted(store, signal => (++calls === 1 ? aborted(signal) : Promise.resolve()));
    const controllers = [new AbortController(), new AbortController()];
    const waiting = controllers.map(({ signal }) => out.get(signal));
    await new Promise(resolve => setTimeout(resolve, 1));
    for (const controller of controllers) controller.abort();
    for (const one of waiting) await assert.rejects(one, CancelledError);
    assert.equal((await out.get()).at(0), 1);
    assert.equal(calls, 2);
  });

  it('tries again what failed', async () => {
    const store = createTensorStore();
    let calls = 0;
    const { out } = counted(store, () =>
      ++calls === 1 ? Promise.reject(new Error('disk')) : Promise.resolve(),
    );
    await assert.rejects(out.get(), /disk/);
    assert.equal((await out.get()).at(0), 1);
  });

  it('makes what it was cleared of when it is asked for once more', async () => {
    const store = createTensorStore();
    const { out } = counted(store);
    await out.get();
    store.clear();
    assert.deepEqual([store.keptBytes(), store.isKept(out)], [0, false]);
    assert.equal((await out.get()).at(0), 2);
    assert.equal(store.keptBytes(), BYTES);
  });

  it('frees everything and gives up what is being made when it is disposed of', async () => {
    const store = createTensorStore();
    const [kept, going] = [counted(store), counted(store, aborted)];
    await kept.out.get();
    const waiting = going.out.get();
    store.dispose();
    await assert.rejects(waiting, CancelledError);
    await assert.rejects(kept.out.get(), CancelledError);
    assert.equal(store.keptBytes(), 0);
  });

  it('inherits what another store keeps', async () => {
    const [old, next] = [createTensorStore(), createTensorStore()];
    const [from, notMade, heir, other] = [counted(old), counted(old), counted(next), counted(next)];
    await from.out.get();
    next.inherit(heir.out, from.out);
    next.inherit(other.out, notMade.out);
    old.dispose();
    assert.deepEqual([next.keptBytes(), next.isKept(other.out)], [BYTES, false]);
    assert.equal((await heir.out.get()).at(0), 1);
    assert.equal(heir.made.times, 0);
  });

  describe('with a chain of 10,000 tensors', () => {
    function chain(store: TensorStore, first: (signal?: AbortSignal) => Promise<number>): LazyTensor {
      const form = { shape: [1], dtype: 'float64' } as const;
      let { out } = store.keep({ out: form }, async signal => ({
        out: Tensor.full([1], await first(signal), 'float64'),
      }));
      for (let i = 0; i < 10_000; i++) {
        const before = out;
        ({ out } = store.keep({ out: form }, async signal => ({
          out: Tensor.full([1], (await before.get(signal)).at(0) + 1, 'float64'),
        })));
      }
      return out;
    }

    it('does not overflow the stack, and leaves the event loop free', async () => {
      const last = chain(createTensorStore(80), () => Promise.resolve(0));
      let longest = 0;
      let before = performance.now();
      const timer = setInterval(() => {
        longest = Math.max(longest, performance.now() - before);
        before = performance.now();
      });
      assert.equal((await last.get()).at(0), 10_000);
      clearInterval(timer);
      assert.ok(longest > 0 && longest < 500, `blocked for ${longest} ms`);
    });

    it('gives all of it up', async () => {
      const controller = new AbortController();
      const reached = gate();
      const ended = gate();
      const last = chain(createTensorStore(), signal => {
        reached.open();
        signal?.addEventListener('abort', ended.open);
        return aborted(signal);
      });
      const waiting = last.get(controller.signal);
      await reached.opened;
      controller.abort();
      await assert.rejects(waiting, CancelledError);
      await ended.opened;
    });
  });
});
