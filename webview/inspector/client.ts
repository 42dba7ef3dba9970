import type { Client, TensorFileEvents, TensorFileRequests } from '../protocol';

/** What the tensor file's page asks its questions of. */
export type InspectorClient = Client<TensorFileRequests, TensorFileEvents>;
