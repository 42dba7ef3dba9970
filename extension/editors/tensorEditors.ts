import * as vscode from 'vscode';
import { resourceRoot } from '../panels/panelHtml';
import { isOpenedByOthersFirst } from '../workspace/fileTypes';
import { createRawLayouts } from './rawLayouts';
import { createTensorDocument, type TensorDocument } from './tensorDocument';
import { fillTensorEditor, type EditorServices, type TensorEditor } from './tensorEditor';

export interface TensorEditorsServices extends EditorServices {
  /** Path of the bundled documentWorker. */
  readonly documentWorker: string;
  readonly workspaceState: vscode.Memento;
}

/** All editors of files of arrays, and the provider that VS Code asks for them. */
export interface TensorEditors extends vscode.CustomReadonlyEditorProvider<TensorDocument> {
  /** As package.json has them: for files that hold nothing but arrays, and for those that others open by default. */
  readonly viewTypes: readonly string[];
  /** Opens the file in an editor, and shows the array of that name. */
  open(file: vscode.Uri, array?: string): Promise<void>;
  /** Told of what the editor with the focus has on show, in words; of nothing where there is none. */
  readonly onSelection: vscode.Event<string | undefined>;
  /** The oldest first. */
  all(): readonly TensorEditor[];
}

const VIEW_TYPE = 'cnnInspector.tensorFile';
const OTHER_VIEW_TYPE = 'cnnInspector.otherFile';

export function createTensorEditors(services: TensorEditorsServices): TensorEditors {
  const { extensionUri, documentWorker, workspaceState } = services;
  const editors = new Set<TensorEditor>();
  const layouts = createRawLayouts(workspaceState);
  const selected = new vscode.EventEmitter<string | undefined>();
  /** Arrays that editors which do not exist yet are opened for, by file. */
  const wanted = new Map<string, string>();

  const active = (): TensorEditor | undefined => [...editors].find(({ webviewPanel }) => webviewPanel.active);
  const tellSelection = (): void => selected.fire(active()?.selection());
  const showWanted = (editor: TensorEditor | undefined): void => {
    const file = editor?.document.uri.toString() ?? '';
    const array = wanted.get(file);
    wanted.delete(file);
    if (array !== undefined) editor?.show(array);
  };

  return {
    viewTypes: [VIEW_TYPE, OTHER_VIEW_TYPE],
    onSelection: selected.event,
    all: () => [...editors],
    async open(file, array) {
      if (array !== undefined) wanted.set(file.toString(), array);
      await vscode.commands.executeCommand('vscode.openWith', file, viewTypeOf(file));
      showWanted(active()); // it was there before; a new one looks for itself
    },
    openCustomDocument: uri => createTensorDocument(uri, documentWorker, layouts),
    resolveCustomEditor(document, webviewPanel) {
      webviewPanel.webview.options = {
        enableScripts: true,
        localResourceRoots: [resourceRoot(extensionUri)],
      };
      const editor = fillTensorEditor(webviewPanel, document, services);
      editors.add(editor);
      showWanted(editor);
      editor.onSelection(tellSelection);
      webviewPanel.onDidChangeViewState(() => {
        if (webviewPanel.active) showWanted(editor);
        tellSelection();
      });
      webviewPanel.onDidDispose(() => {
        editors.delete(editor);
        tellSelection();
      });
    },
  };
}

/** VS Code names the editor in its breadcrumbs only if the view type's selectors have the file's name. */
function viewTypeOf({ path }: vscode.Uri): string {
  return isOpenedByOthersFirst(path) ? OTHER_VIEW_TYPE : VIEW_TYPE;
}
