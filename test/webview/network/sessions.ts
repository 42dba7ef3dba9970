import {
  createSession,
  startNetwork,
  type NetworkLayer,
  type RunningLayer,
  type Session,
} from '../../../engine';
import { arrayInfos } from '../../../extension/worker/arrays/arrayInfo';
import { layerSummaries } from '../../../extension/worker/sessions/layerSummaries';
import type { ShownSession, TraceSummary } from '../../../webview/protocol';

/** A small network with random weights: conv, relu, max pool, affine, over (N,1,6,6). */
export function smallSession(backward = false): Session {
  const layer = (name: string, type: NetworkLayer['type'], from: string, attributes = {}): NetworkLayer => ({
    name,
    type,
    from: [from],
    attributes,
    parameters: {},
  });
  const network = {
    name: 'small',
    input: { shape: ['N', 1, 6, 6] },
    params: [],
    layers: [
      layer('conv1', 'conv', 'input', { filters: 2, size: 3 }),
      layer('relu1', 'relu', 'conv1'),
      layer('pool1', 'maxpool', 'relu1', { size: 2 }),
      layer('affine1', 'affine', 'pool1', { units: 3 }),
    ],
  };
  const run = startNetwork(network, {
    batch: 1,
    parameters: new Map(),
    budget: 1e6,
    seed: 1,
    dtype: 'float64',
  });
  return createSession(run, { backward });
}

/** What a panel is told of a session. */
export function stateOf(
  { networkRun, stop, reached }: Session,
  change: Partial<ShownSession> = {},
): ShownSession {
  return {
    run: 1,
    network: networkRun.network.name,
    file: 'small.cnn.json',
    uri: 'file:///small.cnn.json',
    input: { shape: [1, 1, 6, 6], from: 'random' },
    batch: 1,
    backward: false,
    layers: layerSummaries(networkRun, new Map()),
    position: stop.position,
    reason: stop.reason,
    hits: [],
    logs: [],
    ran: reached.layer + 1,
    ranBackward: 0,
    breakpoints: [],
    debugging: false,
    notes: [],
    stale: [],
    fixes: [],
    ...change,
  };
}

/** What a panel is told of a layer of a session. */
export function summaryOf({ trace }: RunningLayer): TraceSummary {
  return {
    layers: [trace.info],
    steps: [...trace.forward, ...trace.backward],
    arrays: arrayInfos(trace.arrays),
  };
}
