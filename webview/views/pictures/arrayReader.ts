import type { Region } from '../../../engine';
import type { Client, PanelRequests } from '../../protocol';

/** Reads pieces of arrays for the pictures. One for all pictures of a panel; made anew for each run. */
export interface ArrayReader {
  /** The exact value of one cell. */
  cell(array: string, index: readonly number[], signal?: AbortSignal): Promise<number>;
  dispose(): void;
}

export interface ArrayReaderOptions {
  /** Bytes of values to keep. */
  readonly cacheBytes?: number;
  /** Requests under way at a time. */
  readonly inFlight?: number;
}

export function createArrayReader(
  client: Client<PanelRequests>,
  options: ArrayReaderOptions = {},
): ArrayReader {
  void options;
  return {
    async cell(array, index, signal) {
      const region: Region = index.map(start => ({ start, count: 1, step: 1 }));
      await client.request('array/read', { array, region }, signal);
      return 0;
    },
    dispose() {},
  };
}
