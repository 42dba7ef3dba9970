import type { TreeRow } from './treeRows';

/** What a key does to a tree. */
export type TreeStep =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'fold'; readonly open: boolean }
  | { readonly kind: 'act' }
  | { readonly kind: 'menu' };

/**
 * The keys of a tree as ARIA's authoring practices have them.
 * @param at position of the row that the keys move, −1 before the first key
 * @param page rows that are in view
 */
export function treeStep<T>(
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent,
  rows: readonly TreeRow<T>[],
  at: number,
  page: number,
): TreeStep | undefined {
  if (rows.length === 0 || ctrlKey || metaKey || altKey) return undefined;
  const row = rows[Math.max(0, at)];
  const go = (to: number): TreeStep => ({ kind: 'go', to: Math.max(0, Math.min(rows.length - 1, to)) });
  switch (key) {
    case 'ArrowUp':
      return go(at - 1);
    case 'ArrowDown':
      return go(at + 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'PageUp':
      return go(at - Math.max(1, page - 1));
    case 'PageDown':
      return go(at + Math.max(1, page - 1));
    case 'ArrowRight':
      if (row.open === undefined) return undefined;
      return row.open ? go(at + 1) : { kind: 'fold', open: true };
    case 'ArrowLeft':
      if (row.open) return { kind: 'fold', open: false };
      return row.parent < 0 ? undefined : go(row.parent);
    case 'Enter':
    case ' ':
      return { kind: 'act' };
    case 'ContextMenu':
      return { kind: 'menu' };
    case 'F10':
      return shiftKey ? { kind: 'menu' } : undefined;
    default:
      return undefined;
  }
}
