import type { ComponentChildren, VNode } from 'preact';
import { formatShape } from '../../../engine';
import type { FileArray } from '../../protocol';

export interface ArrayHeadProps {
  readonly array: FileArray;
  /** What the shape is taken for. */
  readonly words?: string;
  /** What can be done and chosen. */
  readonly children?: ComponentChildren;
}

/** Which array is on show. */
export function ArrayHead({ array: { name, shape, storedType }, words, children }: ArrayHeadProps): VNode {
  return (
    <header class="array-head">
      <div class="array-title">
        <h2 class="ink">{name}</h2>
        <code class="shape">{formatShape(shape)}</code>
        <code class="muted">{storedType}</code>
        <span class="muted">{words}</span>
      </div>
      {children}
    </header>
  );
}
