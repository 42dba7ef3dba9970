import { Response } from '@vscode/debugadapter/lib/messages';
import { ProtocolServer } from '@vscode/debugadapter/lib/protocol';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { messageOf } from '../../engine';
import type { DapEvents, DapHandlers } from './dapMessages';

/** Sends an event to the client. */
export type SendEvent = <K extends keyof DapEvents>(event: K, body: DapEvents[K]) => void;

/** What the user has been told already: the client shall not say it again. */
export class ToldError extends Error {}

/**
 * The serving end of the Debug Adapter Protocol, inside the extension host. Of `@vscode/debugadapter` it takes what
 * numbers and passes messages on; in its DebugSession every handler sends its own response, so that one that fails
 * sends none.
 */
export class DapServer extends ProtocolServer {
  private readonly handlers: DapHandlers;
  private readonly running = new Map<number, AbortController>();

  /** @param serve makes what answers the requests, given what sends events */
  constructor(serve: (send: SendEvent) => DapHandlers) {
    super();
    this.handlers = serve((event, body) => this.sendEvent({ type: 'event', seq: 0, event, body }));
  }

  /** The client is gone: what is still asked is not waited for. */
  override dispose(): void {
    for (const controller of this.running.values()) controller.abort();
    void this.handlers.disconnect({}, AbortSignal.abort());
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    void this.answer(request);
  }

  private async answer(request: DebugProtocol.Request): Promise<void> {
    const { seq, command } = request;
    const given = (request.arguments ?? {}) as object;
    const response: DebugProtocol.Response = new Response(request);
    const controller = new AbortController();
    this.running.set(seq, controller);
    try {
      if (command === 'cancel') this.cancel(given);
      if (!isKnown(this.handlers, command)) throw new Error(`the debugger has no request '${command}'`);
      // Which arguments come with which request is the client's promise.
      const handle = this.handlers[command] as (args: unknown, signal: AbortSignal) => unknown;
      response.body = await handle(given, controller.signal);
    } catch (error) {
      response.success = false;
      response.message = controller.signal.aborted ? 'cancelled' : messageOf(error);
      const showUser = !(error instanceof ToldError);
      response.body = { error: { id: 1, format: '{text}', variables: { text: response.message }, showUser } };
    } finally {
      this.running.delete(seq);
    }
    this.sendResponse(response);
  }

  private cancel({ requestId }: DebugProtocol.CancelArguments): void {
    if (requestId !== undefined) this.running.get(requestId)?.abort();
  }
}

function isKnown(handlers: DapHandlers, command: string): command is keyof DapHandlers {
  return Object.hasOwn(handlers, command);
}
