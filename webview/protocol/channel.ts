import { CancelledError, EngineError, messageOf, type ErrorCode } from '../../engine';

/** Requests of an API: for each name what is sent and what comes back. */
export type Requests<Names extends PropertyKey = string> = Record<
  Names,
  { params: unknown; result: unknown }
>;

/** One end of a connection that carries structured-cloneable messages. */
export interface Port {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  listen(handler: (message: unknown) => void): void;
}

/** A failure as it travels: what to say, and what kind it is. `internal` is a fault of ours. */
export interface WireError {
  readonly code: ErrorCode | 'internal';
  readonly message: string;
}

/** A request that the other side refused. */
export class RemoteError extends Error {
  readonly code: WireError['code'];

  constructor({ code, message }: WireError) {
    super(message);
    this.name = 'RemoteError';
    this.code = code;
  }
}

type Message =
  | { kind: 'request'; id: number; name: string; params: unknown }
  | { kind: 'cancel'; id: number }
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'error'; id: number; error: WireError }
  | { kind: 'event'; name: string; payload: unknown };

/** The asking side of a connection. */
export interface Client<R extends Requests<keyof R>, E = Record<never, never>> {
  /** @throws RemoteError if the other side refuses, CancelledError if `signal` is aborted first or the port closes */
  request<K extends keyof R & string>(
    name: K,
    params: R[K]['params'],
    signal?: AbortSignal,
  ): Promise<R[K]['result']>;
  on<K extends keyof E & string>(name: K, handler: (payload: E[K]) => void): void;
  /** Rejects everything still unanswered: the other side is gone. */
  close(reason: Error): void;
}

/** For each request the function that answers it. */
export type Handlers<R extends Requests<keyof R>> = {
  readonly [K in keyof R]: (
    params: R[K]['params'],
    signal: AbortSignal,
  ) => Promise<R[K]['result']> | R[K]['result'];
};

/** Sends requests over `port`; each is answered exactly once. */
export function createClient<R extends Requests<keyof R>, E = Record<never, never>>(
  port: Port,
): Client<R, E> {
  const pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, (payload: never) => void>();
  let nextId = 0;

  port.listen(received => {
    const message = received as Message;
    if (message.kind === 'event') {
      listeners.get(message.name)?.(message.payload as never);
    } else if (message.kind === 'result' || message.kind === 'error') {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if (message.kind === 'result') waiting?.resolve(message.result);
      else waiting?.reject(new RemoteError(message.error));
    }
  });

  return {
    request: (name, params, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(new CancelledError());
          return;
        }
        const id = nextId++;
        const abandon = (): void => {
          pending.delete(id);
          port.post({ kind: 'cancel', id } satisfies Message, []);
          reject(new CancelledError());
        };
        const settle =
          <T>(finish: (value: T) => void) =>
          (value: T): void => {
            signal?.removeEventListener('abort', abandon);
            finish(value);
          };
        pending.set(id, { resolve: settle(resolve), reject: settle(reject) });
        signal?.addEventListener('abort', abandon, { once: true });
        port.post({ kind: 'request', id, name, params } satisfies Message, buffersIn(params));
      }),
    on: (name, handler) => void listeners.set(name, handler),
    close(reason) {
      for (const { reject } of pending.values()) reject(reason);
      pending.clear();
    },
  };
}

/** Answers the requests that arrive at `port`. Returns the function that sends an event to the other side. */
export function serve<R extends Requests<keyof R>, E = Record<never, never>>(
  port: Port,
  handlers: Handlers<R>,
): <K extends keyof E & string>(name: K, payload: E[K]) => void {
  const running = new Map<number, AbortController>();

  const answer = async (id: number, name: string, params: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(handlers, name)) throw new Error(`unknown request '${name}'`);
      const result = await handlers[name as keyof R](params, controller.signal);
      if (!controller.signal.aborted)
        port.post({ kind: 'result', id, result } satisfies Message, buffersIn(result));
    } catch (error) {
      // A cancelled request was rejected at the asking side already.
      if (!controller.signal.aborted)
        port.post({ kind: 'error', id, error: toWireError(error) } satisfies Message, []);
    } finally {
      running.delete(id);
    }
  };

  port.listen(received => {
    const message = received as Message;
    if (message.kind === 'request') void answer(message.id, message.name, message.params);
    else if (message.kind === 'cancel') running.get(message.id)?.abort();
  });
  return (name, payload) => port.post({ kind: 'event', name, payload } satisfies Message, buffersIn(payload));
}

/** An error as the other side can be told of it. An error that came over another channel keeps its code. */
function toWireError(error: unknown): WireError {
  if (error instanceof EngineError || error instanceof RemoteError)
    return { code: error.code, message: error.message };
  return { code: 'internal', message: messageOf(error) };
}

/** The array buffers inside a message, so that they can be transferred instead of copied. */
function buffersIn(value: unknown, found: ArrayBuffer[] = []): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) found.push(value);
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
    for (const field of Object.values(value)) buffersIn(field, found);
  return found;
}
