import {
  createClient,
  serve,
  type Handlers,
  type TensorFileEvents,
  type TensorFileRequests,
} from '../../../webview/protocol';
import type { InspectorClient } from '../../../webview/inspector/client';
import { connectedPorts } from '../connectedPorts';

/** A host that answers these requests and refuses all others. `send` tells the webview of an event. */
export function fakeHost(handlers: Partial<Handlers<TensorFileRequests>>): {
  client: InspectorClient;
  send: <K extends keyof TensorFileEvents>(name: K, payload: TensorFileEvents[K]) => void;
} {
  const [near, far] = connectedPorts();
  const refuse = (): never => {
    throw new Error('not asked here');
  };
  const send = serve<TensorFileRequests, TensorFileEvents>(far, {
    'file/open': refuse,
    'file/pixels': refuse,
    'file/raw': refuse,
    'array/read': refuse,
    'array/reduce': refuse,
    'array/stats': refuse,
    'array/histogram': refuse,
    'array/sketch': refuse,
    'array/texts': refuse,
    'array/save': refuse,
    'picture/save': refuse,
    'array/copy': refuse,
    'array/run': refuse,
    'selection/show': refuse,
    ...handlers,
  });
  return { client: createClient(near), send };
}
