import type { TraceRequests } from './arrayRequests';
import type { RunRequest, RunSummary } from './run';

/** What the panel's webview asks of the extension host. */
export interface PanelRequests extends TraceRequests {
  /** The run to show. Rejects with the reason where there is none. */
  'run/get': { params: Record<string, never>; result: RunSummary };
  /** Runs again with other choices (what if) and shows the result. Rejects, and keeps the old run, where they cannot work. */
  'run/change': { params: { request: RunRequest }; result: RunSummary };
  /** Runs the same choices again on the files as they are now (Run Conv Layer Again). */
  'run/again': { params: Record<string, never>; result: RunSummary };
}

/** What the extension host tells the webview unasked. */
export interface PanelEvents {
  /** The run was replaced, e.g. by Run Conv Layer Again. */
  'run/changed': RunSummary;
  /** Run Conv Layer Again could not run; the old run stays. */
  'run/refused': { readonly reason: string };
  /** A file of the run is another one now, or gone; the run goes on with what was read of it. `file` is its base name. */
  'file/changed': { readonly file: string; readonly change: 'changed' | 'deleted' };
}

/** What the webview keeps across reloads of the window (`setState`). */
export interface PanelState {
  readonly request: RunRequest;
  /** The step shown. */
  readonly cursor: number;
}
