import type { Explanation, Region } from '../../engine';
import type { ArrayRequests } from './arrayRequests';
import type { RunRequest, RunSummary } from './run';

/** What the panel's webview asks of the extension host. */
export interface PanelRequests extends ArrayRequests {
  /** The run to show. Rejects with the reason where there is none. */
  'run/get': { params: Record<string, never>; result: RunSummary };
  /** Runs again with other choices (what if) and shows the result. Rejects, and keeps the old run, where they cannot work. */
  'run/change': { params: { request: RunRequest }; result: RunSummary };
  /** Runs the same choices again on the files as they are now (Run Conv Layer Again). */
  'run/again': { params: Record<string, never>; result: RunSummary };
  'cell/explain': { params: { array: string; index: readonly number[] }; result: Explanation };
  /** Asks for a place and writes the region there as .npy. Resolves to the place, or undefined if the user thought better of it. */
  'array/save': { params: { array: string; region: Region }; result: string | undefined };
  /** The same for a picture that the webview drew. `name` is the proposed file name without its extension. */
  'picture/save': { params: { name: string; png: ArrayBuffer }; result: string | undefined };
  /** Puts the region on the clipboard as NumPy prints it. */
  'array/copy': { params: { array: string; region: Region }; result: void };
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
