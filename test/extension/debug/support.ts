import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DebugAdapter } from 'vscode';
import { createDebugAdapter } from '../../../extension/debug/debugAdapter';
import { createNetworkSessions } from '../../../extension/session/networkSessions';
import { extensionPath, scratchFolder } from '../support';

export const WORKER = join(extensionPath, 'dist/worker/sessionWorker.mjs');
export const SAMPLES = join(extensionPath, 'extension/samples');

/** The book's SimpleConvNet; its layers stand on the lines 6 to 12. */
export const SIMPLE_CONV_NET = `{
  "name": "SimpleConvNet",
  "input": {"shape": ["N", 1, 28, 28], "file": "${SAMPLES}/digits.npz", "array": "x"},
  "params": "${SAMPLES}/params.pkl",
  "layers": [
    {"type": "conv", "name": "conv1", "W": "W1", "b": "b1"},
    {"type": "relu", "name": "relu1"},
    {"type": "maxpool", "name": "pool1", "size": 2},
    {"type": "affine", "name": "affine1", "W": "W2", "b": "b2"},
    {"type": "relu", "name": "relu2"},
    {"type": "affine", "name": "affine2", "W": "W3", "b": "b3"},
    {"type": "softmaxWithLoss", "name": "loss", "target": {"file": "${SAMPLES}/digits.npz", "array": "t"}}
  ]
}
`;

/** A client of the debug adapter, which talks to it as VS Code does. */
export interface DapClient {
  /** @throws Error with the adapter's message where it refuses */
  ask<T = unknown>(command: string, args?: object): Promise<T>;
  /** The next event of that name that has not been taken yet. */
  next<T = unknown>(event: string): Promise<T>;
  /** The bodies of the events of that name that came and were not taken. */
  waiting(event: string): readonly unknown[];
  /** Starts, with the breakpoints that `configure` sets, and waits for the first stop. */
  launch(args: object, configure?: () => Promise<unknown>): Promise<DebugProtocol.StoppedEvent['body']>;
  /** Moves, and says where that has led: `relu1:7 step`, or with operation and cell: `conv1:6/im2col step`. */
  go(command: string, args?: object): Promise<string>;
  /** Where it stands, without the reason. */
  where(): Promise<string>;
}

/** Clients with an adapter each, disconnected after each test. Call inside `describe`. */
export function debugClients() {
  const files = scratchFolder();
  const sessions = createNetworkSessions(WORKER);
  const adapters: DebugAdapter[] = [];
  afterEach(() => {
    for (const adapter of adapters.splice(0)) adapter.dispose();
  });
  after(() => sessions.dispose());
  return {
    files,
    sessions,
    /** Of the network that {@link onInput} debugs. */
    networkPath: join(files.folder, 'network.cnn.json'),
    client(): DapClient {
      const adapter = createDebugAdapter(sessions);
      adapters.push(adapter);
      return connect(adapter);
    },
    /** A client that debugs SimpleConvNet and stands on the input. */
    async onInput(args: object = {}, text = SIMPLE_CONV_NET): Promise<DapClient> {
      const client = this.client();
      const stopped = await client.launch({ network: files.write('network.cnn.json', text), ...args });
      assert.equal(stopped.reason, 'entry');
      return client;
    },
  };
}

function connect(adapter: DebugAdapter): DapClient {
  const answers = new Map<number, (response: DebugProtocol.Response) => void>();
  const events: DebugProtocol.Event[] = [];
  const takers: { event: string; take(body: unknown): void }[] = [];
  let seq = 0;

  adapter.onDidSendMessage(message => {
    // As it travels to VS Code.
    const received = JSON.parse(JSON.stringify(message)) as DebugProtocol.Response | DebugProtocol.Event;
    if (received.type === 'response')
      answers.get((received as DebugProtocol.Response).request_seq)?.(received as DebugProtocol.Response);
    else {
      const event = received as DebugProtocol.Event;
      const taker = takers.findIndex(each => each.event === event.event);
      if (taker >= 0) takers.splice(taker, 1)[0].take(event.body);
      else events.push(event);
    }
  });
  const ask = <T>(command: string, args: object = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      const request: DebugProtocol.Request = { seq: ++seq, type: 'request', command, arguments: args };
      answers.set(seq, ({ success, message, body }) =>
        success ? resolve(body as T) : reject(new Error(message)),
      );
      adapter.handleMessage(request);
    });
  const next = <T>(event: string): Promise<T> =>
    new Promise(resolve => {
      const known = events.findIndex(each => each.event === event);
      if (known >= 0) resolve(events.splice(known, 1)[0].body as T);
      else takers.push({ event, take: body => resolve(body as T) });
    });
  const where = async (): Promise<string> => {
    const { stackFrames } = await ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', {
      threadId: 1,
    });
    const [layer, ...inner] = stackFrames.reverse().slice(1);
    const names = inner.map(({ name }) => name.replace(/ {2}.*/, ''));
    return [`${layer.name}:${layer.line}`, ...names].join('/');
  };
  return {
    ask,
    next,
    where,
    waiting: name => events.filter(({ event }) => event === name).map(({ body }) => body as unknown),
    async launch(args, configure) {
      await ask('initialize', { adapterID: 'cnn', linesStartAt1: true, columnsStartAt1: true });
      const launched = ask('launch', args);
      await Promise.race([next('initialized'), launched]);
      await ask('setExceptionBreakpoints', { filters: ['shape'] });
      await configure?.();
      await ask('configurationDone');
      await launched;
      return next('stopped');
    },
    async go(command, args = { threadId: 1 }) {
      const stopped = next<DebugProtocol.StoppedEvent['body']>('stopped');
      await ask(command, args);
      const { reason, description } = await stopped;
      return `${await where()} ${description ?? reason}`;
    },
  };
}
