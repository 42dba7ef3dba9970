import { useEffect, useRef } from 'preact/hooks';
import type { MenuItem } from './controls';

/** Elements in which letters are text. */
const TYPED_INTO = 'input, textarea, select, vscode-text-field, vscode-dropdown';

/**
 * Keys that do something from anywhere on the page; VS Code does not see those that `onKey` takes.
 * @param onKey returns whether it took the key; `typing` says that the key may be meant as text
 */
export function useKeys(onKey: (event: KeyboardEvent, typing: boolean) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const typing = event.target instanceof Element && event.target.closest(TYPED_INTO) !== null;
      if (!latest.current(event, typing)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Does what a menu offers by the shortcuts of its items. Text that is selected is left to the browser to copy. */
export function useShortcuts(items: readonly MenuItem[]): void {
  useKeys((event, typing) => {
    const item = items.find(({ shortcut }) => shortcut !== undefined && isCommand(event, shortcut));
    if (!item || typing || document.getSelection()?.isCollapsed === false) return false;
    item.onChoose();
    return true;
  });
}

/** Whether a key is the letter with Ctrl, or with ⌘ on a Mac. */
export function isCommand(
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
  letter: string,
): boolean {
  return (ctrlKey || metaKey) && !altKey && !shiftKey && key.toUpperCase() === letter;
}
