import { findNodeAtLocation, modify, parseTree, type JSONPath } from 'jsonc-parser';
import type { Edit, Fix } from '../analysis';
import type { SourceRange } from '../network';
import type { SourcePositions } from './source';
import { spacedJson } from './spacedJson';

/** A text in place of a range of the file. */
export interface TextEdit {
  readonly range: SourceRange;
  readonly text: string;
}

/**
 * The edit that makes the changes of a fix in the network's file. Comments and formatting stay; what is new is set apart
 * as its neighbours are.
 * @param positions of that text, see `parseNetwork`
 */
export function applyChanges(text: string, { layers }: SourcePositions, changes: Fix['changes']): TextEdit {
  const itemOf = (layer: number): number => layers[layer]?.item ?? (layers.at(-1)?.item ?? -1) + 1;
  // Places are those of the network as it was: new layers come last, from the end of the list.
  const edits = changes.filter(change => 'place' in change);
  const insertions = changes.filter(change => 'before' in change).sort((a, b) => b.before - a.before);
  let changed = text;
  for (const { place, value } of edits) {
    const path = place.layer === undefined ? [] : ['layers', itemOf(place.layer)];
    changed = set(changed, [...path, ...keyPath(place, value)], value);
  }
  for (const { before, layer } of insertions) {
    const item = itemOf(before);
    // The layer that stands there takes the new one's output: it is the layer before it then.
    if (before < layers.length) changed = set(changed, ['layers', item, 'from'], undefined);
    changed = insert(changed, item, layer);
  }
  return difference(text, changed);
}

/** The input of the head is an object; a list is its shape. */
function keyPath({ layer, key }: Edit['place'], value: Edit['value']): string[] {
  return layer === undefined && key === 'input' && Array.isArray(value) ? ['input', 'shape'] : [key];
}

/** Sets a key, or removes it where the value is undefined. */
function set(text: string, path: JSONPath, value: Edit['value']): string {
  const gap = gapIn(text, path.slice(0, -1));
  return modify(text, path, value, {}).reduce((changed, { offset, length, content }) => {
    const spaced = content.replace(JSON.stringify(value), () => spacedJson(value)).replace(/^,/, `,${gap}`);
    return replace(changed, { offset, length }, spaced);
  }, text);
}

function insert(text: string, item: number, layer: unknown): string {
  const gap = gapIn(text, ['layers']);
  const list = findNodeAtLocation(parseTree(text)!, ['layers'])!;
  const items = list.children!;
  const [offset, added] =
    item < items.length
      ? [items[item].offset, `${spacedJson(layer)},${gap}`]
      : items.length > 0
        ? [items.at(-1)!.offset + items.at(-1)!.length, `,${gap}${spacedJson(layer)}`]
        : [list.offset + 1, spacedJson(layer)];
  return replace(text, { offset, length: 0 }, added);
}

/** What stands between the entries of an object or list: a space, or a new line and its indentation. */
function gapIn(text: string, path: JSONPath): string {
  const last = findNodeAtLocation(parseTree(text)!, path)?.children?.at(-1);
  return (last && /\s*$/.exec(text.slice(0, last.offset))?.[0]) || ' ';
}

function replace(text: string, { offset, length }: SourceRange, by: string): string {
  return text.slice(0, offset) + by + text.slice(offset + length);
}

/** The smallest edit that turns one text into the other. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return {
    range: { offset: start, length: before.length - start - end },
    text: after.slice(start, after.length - end),
  };
}
