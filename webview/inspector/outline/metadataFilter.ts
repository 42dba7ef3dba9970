import type { Metadata } from '../../../engine';

/** The nodes whose name or value holds the text, with all inside them, and the nodes around them. @param text in lower case */
export function filterMetadata(nodes: readonly Metadata[], text: string): readonly Metadata[] {
  if (text === '') return nodes;
  return nodes.flatMap(node => {
    const isMatch = node.name.toLowerCase().includes(text) || node.value?.toLowerCase().includes(text);
    if (isMatch) return [node];
    const children = filterMetadata(node.children ?? [], text);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}
