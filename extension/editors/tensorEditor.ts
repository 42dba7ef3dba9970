import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import {
  parseArrayId,
  serve,
  toJsonNumbers,
  unpackSummary,
  type FileArray,
  type Handlers,
  type SaveFormat,
  type TensorFileEvents,
  type TensorFileRequests,
} from '../../webview/protocol';
import { withDelayedProgress } from '../panels/delayedProgress';
import { panelHtml } from '../panels/panelHtml';
import { saveAs } from '../panels/saveAs';
import type { PickStart } from '../pick/pickRun';
import type { TensorDocument } from './tensorDocument';

/** What editors need of their surroundings. */
export interface EditorServices {
  readonly extensionUri: vscode.Uri;
  /** Runs a convolution layer with an array of the file; asks for the rest. */
  runLayer(start: PickStart): Promise<unknown>;
}

/** A file of arrays in an editor tab. */
export interface TensorEditor {
  readonly webviewPanel: vscode.WebviewPanel;
  readonly document: TensorDocument;
  /** What the editor's webview can ask. */
  readonly handlers: Handlers<TensorFileRequests>;
  /** What is on show, in words; nothing where nothing is. */
  selection(): string | undefined;
  readonly onSelection: vscode.Event<void>;
  /** Shows the array of that name, now or as soon as the file is open; warns where there is none. */
  show(array: string): void;
}

const EXTENSIONS: Record<SaveFormat, string> = {
  npy: 'npy',
  npz: 'npz',
  csv: 'csv',
  safetensors: 'safetensors',
  png8: 'png',
  png16: 'png',
};

/** Fills a webview panel with a file of arrays and answers its webview until it is closed. */
export function fillTensorEditor(
  webviewPanel: vscode.WebviewPanel,
  document: TensorDocument,
  { extensionUri, runLayer }: EditorServices,
): TensorEditor {
  const { webview } = webviewPanel;
  const selectionChanged = new vscode.EventEmitter<void>();
  const folder = vscode.Uri.joinPath(document.uri, '..');
  let selection: string | undefined;
  let isOpen = false;
  let wanted: string | undefined;

  const forward =
    <K extends 'array/read' | 'array/reduce' | 'array/histogram' | 'array/sketch' | 'array/texts'>(name: K) =>
    (params: TensorFileRequests[K]['params'], signal: AbortSignal) =>
      document.request(name, params, signal);

  const showWanted = async (): Promise<void> => {
    const name = wanted;
    wanted = undefined;
    if (name === undefined) return;
    const opened = await document.open();
    // A file with a question has its arrays once that is answered.
    if (opened.kind !== 'arrays') wanted = name;
    else if (unpackSummary(opened.summary).arrays.some(array => array.name === name))
      notify('array/show', { name });
    else
      void vscode.window.showWarningMessage(
        vscode.l10n.t("{0} has no array '{1}'.", basename(document.uri.path), name),
      );
  };
  /** Waits for the page's answer; the page is told more only after it, which goes out in this turn. */
  const thenShowWanted = async <T>(opening: Promise<T>): Promise<T> => {
    const answer = await opening;
    setTimeout(() => {
      isOpen = true;
      void showWanted();
    });
    return answer;
  };

  const handlers: Handlers<TensorFileRequests> = {
    'file/open': () => thenShowWanted(document.open()),
    'file/pixels': pixels => thenShowWanted(document.setPixels(pixels)),
    'file/raw': ({ layout }) => thenShowWanted(document.setLayout(layout)),
    'array/read': forward('array/read'),
    'array/reduce': forward('array/reduce'),
    'array/histogram': forward('array/histogram'),
    'array/sketch': forward('array/sketch'),
    'array/texts': forward('array/texts'),
    'array/stats': ({ progress, ...params }, signal) =>
      document.request(
        'array/stats',
        params,
        signal,
        progress === undefined ? undefined : fraction => notify('array/progress', { progress, fraction }),
      ),
    'array/save': async ({ array, region, format }, signal) =>
      saveAs(folder, await nameOf(array), EXTENSIONS[format], () =>
        withDelayedProgress(vscode.l10n.t('Saving the array…'), (cancelled, tell) =>
          document.request(
            'array/file',
            { array, region, format },
            AbortSignal.any([signal, cancelled]),
            tell,
          ),
        ),
      ),
    'picture/save': ({ name, png }) => saveAs(folder, name, 'png', () => Promise.resolve(png)),
    'array/copy': async ({ array, region, as }, signal) => {
      const text =
        as === 'python'
          ? await document.request('array/python', { array }, signal)
          : await document.request('array/text', { array, region, as }, signal);
      await vscode.env.clipboard.writeText(text);
    },
    'array/run': async ({ array, as }) => {
      const { name } = await arrayOf(array);
      await runLayer({ file: document.uri, array: { name, as } });
    },
    'selection/show': ({ text }) => {
      selection = text;
      selectionChanged.fire();
    },
  };

  const arrayOf = async (id: string): Promise<FileArray> => {
    const opened = await document.open();
    const arrays = opened.kind === 'arrays' ? unpackSummary(opened.summary).arrays : [];
    const array = arrays.at(parseArrayId(id).position);
    if (!array)
      throw new Error(vscode.l10n.t('{0} has no such array any more.', basename(document.uri.path)));
    return array;
  };
  const nameOf = async (id: string): Promise<string> => (await arrayOf(id)).name + parseArrayId(id).slice;

  const notify = serve<TensorFileRequests, TensorFileEvents>(
    {
      // VS Code itself passes array buffers on without a copy where it can.
      post: message => void webview.postMessage(toJsonNumbers(message)),
      listen: handler => void webview.onDidReceiveMessage(handler),
    },
    handlers,
  );
  const listening = vscode.Disposable.from(
    document.onReplaced(event => notify('file/replaced', event)),
    document.onLost(event => notify('file/lost', event)),
    document.onReopen(() => notify('file/reopen', undefined)),
  );
  webviewPanel.onDidDispose(() => {
    listening.dispose();
    selectionChanged.dispose();
  });
  webview.html = panelHtml(webview, extensionUri, 'tensorFilePage', { l10n: vscode.l10n.bundle });

  return {
    webviewPanel,
    document,
    handlers,
    selection: () => selection,
    onSelection: selectionChanged.event,
    show(array) {
      wanted = array;
      if (isOpen) void showWanted();
    },
  };
}
