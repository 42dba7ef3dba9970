import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Span } from '../draw/layout';

/**
 * The rows of a span, each drawn anew only if something that rows are made of has changed. While the user scrolls nothing
 * does, so that only rows that come into view are drawn.
 */
export function useKeptRows(
  { start, end }: Span,
  madeOf: readonly unknown[],
  draw: (position: number) => VNode,
): readonly VNode[] {
  const last = useRef<{ madeOf: readonly unknown[]; drawn: ReadonlyMap<number, VNode> }>(undefined);
  const isSame = last.current?.madeOf.every((value, i) => value === madeOf[i]);
  const known = isSame ? last.current?.drawn : undefined;
  const drawn = new Map<number, VNode>();
  for (let position = start; position < end; position++)
    drawn.set(position, known?.get(position) ?? draw(position));
  last.current = { madeOf, drawn };
  return [...drawn.values()];
}
