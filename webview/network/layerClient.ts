import type { Client, NetworkEvents, NetworkRequests, TraceRequests } from '../protocol';

export type NetworkClient = Client<NetworkRequests, NetworkEvents>;

/** Asks about the arrays of one layer by the layer's own names for them. */
export function layerClient(client: NetworkClient, layer: string): Client<TraceRequests> {
  const addressed = <P extends object>(params: P): P =>
    'array' in params ? { ...params, array: `${layer}.${String(params.array)}` } : params;
  return {
    on: () => undefined,
    close: client.close,
    request: (name, params, signal) => client.request(name, addressed(params), signal),
  };
}
