import type { Client, NetworkRequests, TraceRequests } from '../protocol';

/** Asks about the arrays of one layer by the layer's own names for them. */
export function layerClient(client: Client<NetworkRequests>, layer: string): Client<TraceRequests> {
  const addressed = <P extends object>(params: P): P =>
    'array' in params ? { ...params, array: `${layer}.${String(params.array)}` } : params;
  return {
    ...client,
    request: (name, params, signal) => client.request(name, addressed(params), signal),
  };
}
