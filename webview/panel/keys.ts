import type { LayerRun } from '../model/layerRun';

/** Elements that have their own use for arrow keys. */
const KEEPS_KEYS =
  'input, select, textarea, vscode-dropdown, vscode-text-field, vscode-checkbox, table, [role=application], [role=grid], [role=menu], [role=region]';

/** ← → Home End walk the steps from anywhere in the panel; Escape lets the selection follow the pointer again. */
export function panelKey(event: KeyboardEvent, { cursor, run, unpin }: LayerRun): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === 'Escape') {
    unpin();
    return;
  }
  if (event.target instanceof Element && event.target.closest(KEEPS_KEYS)) return;
  const last = run.steps.length - 1;
  const targets: Record<string, number | undefined> = {
    ArrowLeft: Math.max(0, cursor.peek() - 1),
    ArrowRight: Math.min(last, cursor.peek() + 1),
    Home: 0,
    End: last,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  cursor.value = target;
  event.preventDefault();
}
