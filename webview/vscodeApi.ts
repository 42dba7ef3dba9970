import { fromJsonNumbers, type Port } from './protocol';
import type { StateStore } from './model/panelModel';
import type { SavedState } from './model/viewSettings';

/** What VS Code gives a webview. */
interface WebviewApi {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

/** The connection to the extension host, and the state that outlives a reload. Can be had once only. */
export function vscodeApi(): { port: Port; store: StateStore } {
  const api = acquireVsCodeApi();
  return {
    port: {
      post: (message, transfer) => api.postMessage(message, transfer),
      listen: handler => window.addEventListener('message', ({ data }) => handler(fromJsonNumbers(data))),
    },
    store: {
      saved: api.getState() as Partial<SavedState> | undefined,
      save: state => api.setState(state),
    },
  };
}
