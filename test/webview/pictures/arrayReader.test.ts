import assert from 'node:assert/strict';
import { CancelledError, readTensor, Tensor, type Region } from '../../../engine';
import { RemoteError, toWire, type Client, type PanelRequests } from '../../../webview/protocol';
import { createArrayReader, type TileRequest } from '../../../webview/views/pictures/arrayReader';

const x = Tensor.arange([100, 10], 'float32');

/** A host whose answers the test releases one by one. */
function createHost() {
  const asked: { start: number; answer: () => void; fail: () => void; cancelled: boolean }[] = [];
  const request = (_name: string, params: unknown, signal?: AbortSignal): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { region } = params as { region: Region };
      const item = {
        start: region[0].start,
        answer: () => resolve(toWire(readTensor(x, region))),
        fail: () => reject(new RemoteError({ code: 'format', message: 'the file is gone' })),
        cancelled: false,
      };
      signal?.addEventListener('abort', () => {
        item.cancelled = true;
        reject(new CancelledError());
      });
      asked.push(item);
    });
  return { asked, client: { request, on: () => undefined, close: () => undefined } as Client<PanelRequests> };
}

/** Ten rows from `start` on: 400 bytes. */
function rows(start: number): TileRequest {
  return {
    array: 'x',
    region: [
      { start, count: 10, step: 1 },
      { start: 0, count: 10, step: 1 },
    ],
  };
}

const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));

describe('pictures/arrayReader', () => {
  it('reads what is wanted once and tells when it is there', async () => {
    const { asked, client } = createHost();
    const reader = createArrayReader(client);
    let arrivals = 0;
    const view = reader.view(() => arrivals++);
    const other = reader.view(() => undefined);
    assert.deepEqual(view.want([rows(0)]), [undefined]);
    assert.deepEqual(other.want([rows(0)]), [undefined]);
    assert.equal(asked.length, 1);
    asked[0].answer();
    await settled();
    assert.equal(arrivals, 1);
    const [tile] = view.want([rows(0)]);
    assert.equal(tile?.values[99], 99);
    assert.equal(other.want([rows(0)])[0], tile);
    assert.equal(asked.length, 1);
  });

  it('drops what nobody wants any more, sent or not', () => {
    const { asked, client } = createHost();
    const view = createArrayReader(client, { inFlight: 2 }).view(() => undefined);
    view.want([rows(0), rows(10), rows(20)]);
    assert.deepEqual(
      asked.map(({ start }) => start),
      [0, 10],
    );
    view.want([rows(10), rows(50)]);
    assert.deepEqual(
      asked.map(({ cancelled }) => cancelled),
      [true, false],
    );
    view.want([]);
    assert.ok(asked[1].cancelled);
  });

  it('sends what has become most urgent before what was wanted earlier', () => {
    const { asked, client } = createHost();
    const view = createArrayReader(client, { inFlight: 1 }).view(() => undefined);
    view.want([rows(0), rows(10), rows(20)]);
    view.want([rows(20), rows(10)]);
    assert.deepEqual(
      asked.map(({ start, cancelled }) => [start, cancelled]),
      [[0, true]],
    );
    return settled().then(() => assert.equal(asked[1].start, 20));
  });

  it('keeps a request that another picture still wants', () => {
    const { asked, client } = createHost();
    const reader = createArrayReader(client);
    const [a, b] = [reader.view(() => undefined), reader.view(() => undefined)];
    a.want([rows(0)]);
    b.want([rows(0)]);
    a.dispose();
    assert.equal(asked[0].cancelled, false);
    b.dispose();
    assert.equal(asked[0].cancelled, true);
  });

  it('keeps no more requests under way than it may, and goes on as they are answered', async () => {
    const { asked, client } = createHost();
    const view = createArrayReader(client, { inFlight: 2 }).view(() => undefined);
    view.want([0, 10, 20, 30].map(rows));
    assert.equal(asked.length, 2);
    asked[0].answer();
    await settled();
    assert.deepEqual(
      asked.map(({ start }) => start),
      [0, 10, 20],
    );
  });

  it('forgets first what was used longest ago', async () => {
    const { asked, client } = createHost();
    const view = createArrayReader(client, { cacheBytes: 900 }).view(() => undefined);
    for (const start of [0, 10]) {
      view.want([rows(start)]);
      asked.at(-1)!.answer();
      await settled();
    }
    assert.ok(view.want([rows(0)])[0]);
    view.want([rows(20)]);
    asked.at(-1)!.answer();
    await settled();
    assert.ok(view.want([rows(0)])[0], 'used just before');
    assert.equal(view.want([rows(10)])[0], undefined);
  });

  it('says why a tile cannot be had, and tries again when told to', async () => {
    const { asked, client } = createHost();
    const view = createArrayReader(client).view(() => undefined);
    view.want([rows(0)]);
    asked[0].fail();
    await settled();
    view.want([rows(0)]);
    assert.equal(asked.length, 1, 'not again by itself');
    assert.match(view.failure()?.message ?? '', /the file is gone/);
    view.retry();
    view.want([rows(0)]);
    assert.equal(view.failure(), undefined);
    assert.equal(asked.length, 2);
  });

  it('reads single cells', async () => {
    const { asked, client } = createHost();
    const value = createArrayReader(client).cell('x', [3, 4]);
    asked[0].answer();
    assert.equal(await value, 34);
  });

  it('keeps the last digits of 64-bit integers that are no exact numbers', async () => {
    const labels = Tensor.wrap(BigInt64Array.of(9007199254740993n, -3n), [2], 'int64');
    const request = (_name: string, { region }: { region: Region }): Promise<unknown> =>
      Promise.resolve(toWire(readTensor(labels, region)));
    const reader = createArrayReader({ request, on: () => undefined, close: () => undefined } as never);
    const both = await reader.read({ array: 'labels', region: [{ start: 0, count: 2, step: 1 }] });
    assert.deepEqual(both.values, Float64Array.of(9007199254740992, -3));
    assert.deepEqual(both.digits, labels.data);
    assert.equal(await reader.cell('labels', [0]), 9007199254740993n);
    assert.equal(await reader.cell('labels', [1]), -3, 'an exact number');
  });

  it('cancels everything when the run is over', () => {
    const { asked, client } = createHost();
    const reader = createArrayReader(client);
    reader.view(() => undefined).want([rows(0), rows(10)]);
    reader.dispose();
    assert.ok(asked.every(({ cancelled }) => cancelled));
  });
});
