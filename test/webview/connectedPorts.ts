import type { Port } from '../../webview/protocol';

/** Two ports whose messages reach one another. */
export function connectedPorts(): [Port, Port] {
  const handlers: ((message: unknown) => void)[] = [];
  const port = (own: number): Port => ({
    post: message => queueMicrotask(() => handlers[1 - own](structuredClone(message))),
    listen: handler => void (handlers[own] = handler),
  });
  return [port(0), port(1)];
}
