import assert from 'node:assert/strict';
import { commands, Uri, window } from 'vscode';
import { wholeRegion } from '../../../engine';
import type { TensorEditor } from '../../../extension/editors/tensorEditor';
import {
  arrayId,
  fromWire,
  type FileArray,
  type TensorFileEvents,
  type TensorFileRequests,
  type TensorFileSummary,
  unpackSummary,
} from '../../../webview/protocol';
import { api, signal, until } from '../support';

/** Opens the file as the command does. */
export async function inspect(file: string | Uri): Promise<TensorEditor> {
  const uri = typeof file === 'string' ? Uri.file(file) : file;
  await commands.executeCommand('cnnInspector.inspectTensors', uri);
  const found = async () =>
    (await api()).editors().filter(({ document }) => document.uri.toString() === uri.toString());
  await until(async () => (await found()).length > 0);
  return (await found()).at(-1)!;
}

/** Asks as the editor's webview does. */
export function ask<K extends keyof TensorFileRequests>(
  { handlers }: TensorEditor,
  name: K,
  params: TensorFileRequests[K]['params'],
): Promise<TensorFileRequests[K]['result']> {
  return Promise.resolve(handlers[name](params, signal));
}

/** What the file holds. */
export async function open(editor: TensorEditor): Promise<TensorFileSummary> {
  const opened = await ask(editor, 'file/open', {});
  return opened.kind === 'arrays'
    ? unpackSummary(opened.summary)
    : assert.fail(`it opened as ${opened.kind}`);
}

/** All values of the array of that name, or of a slice of it. */
export async function valuesOf(editor: TensorEditor, name: string): Promise<number[]> {
  const { arrays } = await open(editor);
  const position = arrays.findIndex(array => array.name === name);
  const region = wholeRegion(arrays[position].shape);
  return Array.from(
    fromWire(await ask(editor, 'array/read', { array: arrayId(position), region })).numbers(),
  );
}

export function described({ name, shape, dtype, storedType }: FileArray): string {
  return `${name} (${shape.join()}) ${dtype ?? storedType}`;
}

/** The message by which a request is refused. */
export async function refused(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => assert.fail('it was not refused'),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

export async function closeEditors(): Promise<void> {
  await window.tabGroups.close(window.tabGroups.all.flatMap(({ tabs }) => tabs));
  await until(async () => (await api()).editors().length === 0);
}

/** The events of one name that the editor's webview is sent from now on. */
export function eventsOf<K extends keyof TensorFileEvents>(
  { webviewPanel: { webview } }: TensorEditor,
  name: K,
): TensorFileEvents[K][] {
  const events: TensorFileEvents[K][] = [];
  const post = webview.postMessage.bind(webview);
  webview.postMessage = message => {
    const event = message as { name?: string; payload: TensorFileEvents[K] };
    if (event.name === name) events.push(event.payload);
    return post(message);
  };
  return events;
}
