import type { Metadata } from '../tensorFile';
import { childrenOf } from './children';
import { className, keyText, lineText, printable } from './describe';
import { isKind, type Value } from './values';

const MAX_NODES = 2000;
const MAX_DEPTH = 32;

/** Values looked at, with those that are left out because only arrays are in them. */
const MAX_VISITS = 200_000;

/**
 * What a pickle holds beside its arrays, as a tree: classes, attributes, scalars, short texts. A container in which there
 * are only arrays is left out, and one inside itself is shown once.
 * @param name of the outermost object
 */
export function outline(root: Value, name = ''): Metadata[] {
  const path = new Set<Value>();
  const barren = new Set<Value>();
  let nodes = 0;
  let visits = 0;

  const nodeOf = (value: Value, name: string): Metadata | undefined => {
    visits++;
    if (barren.has(value) || (isKind(value, 'array') && value.parts.size === 0)) return undefined;
    const line = lineText(value);
    if (line !== undefined) return { name, value: line };
    const type = printable(className(value));
    if (path.has(value)) return { name, value: `${type}, a part of itself` };
    if (path.size >= MAX_DEPTH) return { name, value: `${type}, nested too deep to be shown` };
    const children = childNodes(value);
    if (children.length === 0 && !isKind(value, 'object')) {
      barren.add(value);
      return undefined;
    }
    return { name, value: type, children };
  };

  const childNodes = (value: Value): Metadata[] => {
    const children: Metadata[] = [];
    path.add(value);
    for (const [key, child] of childrenOf(value)) {
      if (visits >= MAX_VISITS) break;
      const node = nodeOf(child, keyText(key));
      if (!node) continue;
      if (nodes >= MAX_NODES) {
        children.push({ name: '…', value: 'more that is not shown' });
        break;
      }
      nodes++;
      children.push(node);
    }
    path.delete(value);
    return children;
  };

  // The keys of the outermost dict are the names that matter; of anything else the class comes first.
  if (isKind(root, 'dict') && root.items.size > 0) return childNodes(root);
  const node = nodeOf(root, name);
  return node ? [node] : [];
}
