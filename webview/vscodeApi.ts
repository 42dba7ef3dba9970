import { fromJsonNumbers, type Port } from './protocol';
import type { StateStore } from './stateStore';

/** What VS Code gives a webview. */
interface WebviewApi<State> {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  getState(): Partial<State> | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi<State>(): WebviewApi<State>;

/** The connection to the extension host, and the state that outlives a reload. Can be had once only. */
export function vscodeApi<State>(): { port: Port; store: StateStore<State> } {
  const api = acquireVsCodeApi<State>();
  return {
    port: {
      post: (message, transfer) => api.postMessage(message, transfer),
      listen: handler => window.addEventListener('message', ({ data }) => handler(fromJsonNumbers(data))),
    },
    store: {
      saved: api.getState(),
      save: state => api.setState(state),
    },
  };
}
