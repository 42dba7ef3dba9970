import * as vscode from 'vscode';
import type { PickStart } from '../pick/pickRun';
import type { EngineClient } from '../worker/runs/engineClient';
import { SIDEBAR_GLOB } from '../workspace/fileTypes';
import { fileContent, findFiles } from '../workspace/tensorFiles';
import { createSummaries } from './summaries';
import { createTensorTree } from './tensorTree';
import type { ArrayNode, FileNode, MoreNode } from './treeNodes';
import { watchSidebarFiles } from './watchSidebarFiles';

/** Files that the view looks for. */
const MAX_FILES = 10_000;

export interface SidebarServices {
  readonly engine: EngineClient;
  /** Runs a convolution layer with an array of a file; asks for the rest. */
  runLayer(start: PickStart): Promise<unknown>;
}

/** Milliseconds that the status bar tells of what was copied. */
const TOLD_MS = 4000;

/** The view CNN Tensors in the activity bar, its commands, and the summaries that files show under the pointer. */
export function registerSidebar({ engine, runLayer }: SidebarServices): vscode.Disposable {
  const list = async (file: vscode.Uri, signal?: AbortSignal) =>
    engine.request('file/list', { file: await fileContent(file) }, signal);
  const tree = createTensorTree({
    list,
    async findFiles() {
      const files = await findFiles(SIDEBAR_GLOB, MAX_FILES);
      return { files, isCut: files.length === MAX_FILES };
    },
  });
  const summaries = createSummaries(list);
  const { registerCommand } = vscode.commands;
  const run = (as: 'weights' | 'input') => (node: ArrayNode) =>
    runLayer({ file: node.uri, array: { name: node.array, as } });

  return vscode.Disposable.from(
    vscode.window.createTreeView('cnnInspector.tensors', { treeDataProvider: tree, showCollapseAll: true }),
    vscode.window.registerFileDecorationProvider(summaries),
    watchSidebarFiles({
      lists: uri => tree.lists(uri),
      onFiles: () => tree.findAgain(),
      onContent: files => {
        tree.readAgain(files);
        summaries.forget(files);
      },
    }),
    registerCommand('cnnInspector.refreshTensors', () => tree.refresh()),
    registerCommand('cnnInspector.listMore', (node: MoreNode) => tree.listMore(node)),
    registerCommand('cnnInspector.runAsWeights', run('weights')),
    registerCommand('cnnInspector.runAsInput', run('input')),
    registerCommand('cnnInspector.copyArrayName', ({ array }: ArrayNode) => copy(array)),
    registerCommand('cnnInspector.copyPythonLine', async ({ uri, array }: ArrayNode) =>
      copy(await engine.request('file/python', { file: await fileContent(uri), name: array })),
    ),
    registerCommand('cnnInspector.revealInExplorer', ({ uri }: FileNode) =>
      vscode.commands.executeCommand('revealInExplorer', uri),
    ),
  );
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', text), TOLD_MS);
}
