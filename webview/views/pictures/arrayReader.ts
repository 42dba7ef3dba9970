import type { Region, Tensor } from '../../../engine';
import { CancelledError } from '../../../engine';
import {
  fromWire,
  type ArrayRequests,
  type Client,
  type PlaneBlocks,
  type ReducedPlane,
} from '../../protocol';

/** A piece of an array to read: the cells of a region, or a plane's cells averaged in blocks. */
export type TileRequest =
  { readonly array: string; readonly region: Region } | ({ readonly array: string } & PlaneBlocks);

/** The values of a piece, in C order of the region, or of (block rows, block columns). */
export interface Tile {
  readonly values: ArrayLike<number> & ArrayBufferView;
  /** The same with all their digits, where 64-bit integers lost some on becoming numbers. */
  readonly digits?: BigInt64Array | BigUint64Array;
  /** Least values of the blocks, then the greatest, where `values` are their means and these were asked for. */
  readonly extremes?: Float64Array;
  /** Set where only 1 row in this many was read for them. */
  readonly sampled?: number;
}

/** What one picture shows of the arrays. */
export interface TileView {
  /**
   * Says what is needed now, most urgent first, and gives what of it is here. The rest is read, and requests of
   * earlier calls that nobody needs any more are dropped.
   */
  want(requests: readonly TileRequest[]): (Tile | undefined)[];
  /** Why a wanted tile cannot be had. */
  failure(): Error | undefined;
  /** Of how many rows one was read, where what is wanted was too large to be read through. */
  sampled(): number | undefined;
  /** Tries again what failed. */
  retry(): void;
  dispose(): void;
}

/** Reads pieces of arrays for the pictures and keeps them. One for all pictures of a panel; made anew for each run. */
export interface ArrayReader {
  /** @param onArrival called after a wanted tile has arrived or failed */
  view(onArrival: () => void): TileView;
  /** One piece, ahead of what the views want. @throws RemoteError, CancelledError */
  read(request: TileRequest, signal?: AbortSignal): Promise<Tile>;
  /** The exact value of one cell. @throws RemoteError, CancelledError */
  cell(array: string, index: readonly number[], signal?: AbortSignal): Promise<number | bigint>;
  /** Drops all that is under way and all that is kept. */
  dispose(): void;
}

export interface ArrayReaderOptions {
  /** Bytes of values to keep; what was used longest ago goes first. */
  readonly cacheBytes?: number;
  /** Requests under way at a time. */
  readonly inFlight?: number;
}

/** A request that has not been answered. */
interface Pending {
  readonly request: TileRequest;
  readonly wantedBy: Set<object>;
  /** Set once it was sent. */
  controller?: AbortController;
}

export function createArrayReader(
  client: Client<ArrayRequests>,
  { cacheBytes = 64 << 20, inFlight = 6 }: ArrayReaderOptions = {},
): ArrayReader {
  const cache = new Map<string, Tile>(); // in order of use
  const failures = new Map<string, Error>();
  const pending = new Map<string, Pending>();
  const listeners = new Map<object, () => void>();
  let cachedBytes = 0;
  let running = 0;

  const keep = (key: string, tile: Tile): void => {
    cache.set(key, tile);
    cachedBytes += bytesOf(tile);
    for (const [oldest, old] of cache) {
      if (cachedBytes <= cacheBytes || oldest === key) break;
      cache.delete(oldest);
      cachedBytes -= bytesOf(old);
    }
  };

  const cached = (key: string): Tile | undefined => {
    const tile = cache.get(key);
    if (tile) {
      cache.delete(key);
      cache.set(key, tile);
    }
    return tile;
  };

  const send = async (key: string, item: Pending): Promise<void> => {
    item.controller = new AbortController();
    running++;
    try {
      keep(key, await fetchTile(client, item.request, item.controller.signal));
    } catch (error) {
      if (!(error instanceof CancelledError))
        failures.set(key, error instanceof Error ? error : new Error(String(error)));
    } finally {
      running--;
      // A dropped request may have been made anew meanwhile.
      if (pending.get(key) === item) pending.delete(key);
      for (const view of item.wantedBy) listeners.get(view)?.();
      pump();
    }
  };

  const pump = (): void => {
    for (const [key, item] of pending) {
      if (running >= inFlight) return;
      if (!item.controller) void send(key, item);
    }
  };

  const drop = (view: object, stillWanted: ReadonlySet<string>): void => {
    for (const [key, item] of pending) {
      if (stillWanted.has(key) || !item.wantedBy.delete(view) || item.wantedBy.size > 0) continue;
      pending.delete(key);
      item.controller?.abort();
    }
  };

  return {
    view(onArrival) {
      const view = {};
      let wanted: string[] = [];
      listeners.set(view, onArrival);
      return {
        want(requests) {
          wanted = requests.map(keyOf);
          drop(view, new Set(wanted));
          const tiles = requests.map((request, i) => {
            const key = wanted[i];
            const tile = cached(key);
            if (!tile && !failures.has(key)) {
              const item = pending.get(key) ?? { request, wantedBy: new Set() };
              item.wantedBy.add(view);
              pending.delete(key); // the order is that of the last call
              pending.set(key, item);
            }
            return tile;
          });
          pump();
          return tiles;
        },
        failure: () => wanted.map(key => failures.get(key)).find(error => error !== undefined),
        sampled() {
          const parts = wanted.flatMap(key => cache.get(key)?.sampled ?? []);
          return parts.length > 0 ? Math.max(...parts) : undefined;
        },
        retry() {
          for (const key of wanted) failures.delete(key);
          onArrival();
        },
        dispose() {
          listeners.delete(view);
          drop(view, new Set());
        },
      };
    },
    async read(request, signal) {
      const key = keyOf(request);
      const known = cached(key);
      if (known) return known;
      const tile = await fetchTile(client, request, signal);
      keep(key, tile);
      return tile;
    },
    async cell(array, index, signal) {
      const region = index.map(start => ({ start, count: 1, step: 1 }));
      const { values, digits } = await fetchTile(client, { array, region }, signal);
      return digits?.[0] ?? values[0];
    },
    dispose() {
      listeners.clear();
      for (const { controller } of pending.values()) controller?.abort();
      pending.clear();
      cache.clear();
      cachedBytes = 0;
    },
  };
}

async function fetchTile(
  client: Client<ArrayRequests>,
  request: TileRequest,
  signal?: AbortSignal,
): Promise<Tile> {
  if ('region' in request) return cellsOf(fromWire(await client.request('array/read', request, signal)));
  const { mean, extremes, sampled } = await client.request('array/reduce', request, signal);
  return { sampled, values: fromWire(mean).numbers(), extremes: extremes && joined(extremes) };
}

function cellsOf(tensor: Tensor): Tile {
  const { data } = tensor;
  const values = tensor.numbers();
  const isWide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  return isWide && !values.every(Number.isSafeInteger) ? { values, digits: data } : { values };
}

/** The least values, then the greatest. */
function joined({ min, max }: NonNullable<ReducedPlane['extremes']>): Float64Array {
  const [least, greatest] = [fromWire(min).numbers(), fromWire(max).numbers()];
  const extremes = new Float64Array(least.length + greatest.length);
  extremes.set(least);
  extremes.set(greatest, least.length);
  return extremes;
}

function keyOf(request: TileRequest): string {
  if ('region' in request)
    return `${request.array} ${request.region.map(({ start, count }) => `${start}+${count}`).join(' ')}`;
  const { array, index, rowAxis, columnAxis, rows, columns, block, extremes } = request;
  const held = index.map((position, axis) => (axis === rowAxis || axis === columnAxis ? '' : position));
  return `${array} ${held.join()} ${rowAxis} ${columnAxis} ${rows.join('+')} ${columns.join('+')} /${block}${extremes ? ' extremes' : ''}`;
}

function bytesOf({ values, digits, extremes }: Tile): number {
  return values.byteLength + (digits?.byteLength ?? 0) + (extremes?.byteLength ?? 0);
}
