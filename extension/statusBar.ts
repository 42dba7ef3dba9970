import * as vscode from 'vscode';

const COPY = 'cnnInspector.copySelection';

/**
 * Says in the status bar what the tensor editor with the focus has on show, such as `W1[3, 0] (5, 5) float64`. A click
 * copies it.
 * @param onSelection the text; nothing where no such editor has the focus
 */
export function registerStatusBar(onSelection: vscode.Event<string | undefined>): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    'cnnInspector.selection',
    vscode.StatusBarAlignment.Right,
    100,
  );
  item.name = vscode.l10n.t('CNN Tensors: Selection');
  item.command = COPY;
  let selection = '';

  const show = (text = ''): void => {
    selection = text;
    // Names from files must not become icons.
    item.text = `$(symbol-array) ${text.replaceAll('$(', '$\u200b(')}`;
    item.tooltip = vscode.l10n.t('{0}: click to copy', text);
    item.accessibilityInformation = { label: text };
    if (text) item.show();
    else item.hide();
  };
  return vscode.Disposable.from(
    item,
    onSelection(show),
    vscode.commands.registerCommand(COPY, () => vscode.env.clipboard.writeText(selection)),
  );
}
