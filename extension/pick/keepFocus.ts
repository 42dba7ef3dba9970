import type * as vscode from 'vscode';

/**
 * Replaces the lines of a quick pick without taking the focus from where the user wants it: on the line they moved to;
 * where a text is typed, on its best match; else on the present answer, or the first line.
 */
export function keepFocus<Line extends vscode.QuickPickItem>(
  pick: vscode.QuickPick<Line>,
  isPresent: (line: Line) => boolean,
) {
  let focused: Line | undefined;
  let isMoved = false;
  /** New lines were sent: VS Code will say where the focus is among them. */
  let isSettling = false;
  /** The last lines were sent with the focus on one of them, rather than on what VS Code finds best. */
  let isFocusSent = false;

  const show = (lines: readonly Line[]): void => {
    const isWanted = (line: Line): boolean => {
      if (isMoved) return line.label === focused?.label && line.description === focused.description;
      return pick.value === '' && isPresent(line);
    };
    const wanted = lines.find(isWanted);
    // Lines that match a text are sorted anew: the one that the user moved to may have gone out of view.
    pick.keepScrollPosition = !isMoved;
    pick.items = lines;
    if (wanted) pick.activeItems = [wanted];
    isFocusSent = wanted !== undefined;
    isSettling = true;
  };

  pick.onDidChangeActive(active => {
    focused = active.at(0);
    if (focused) {
      isMoved = !isSettling;
      isSettling = false;
    } else if (isFocusSent) {
      // The line that was to have the focus does not match what has been typed meanwhile.
      isMoved = false;
      show(pick.items);
    }
  });
  // The focus on the best match is told before the text is.
  pick.onDidChangeValue(() => (isMoved = false));
  return { show };
}
