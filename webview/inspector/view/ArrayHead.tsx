import type { ComponentChildren, VNode } from 'preact';
import { formatShape } from '../../../engine';
import type { FileArray } from '../../protocol';
import { storedText, typeText } from '../typeWords';
import { cutName } from '../words';

export interface ArrayHeadProps {
  readonly array: FileArray;
  /** What the shape is taken for. */
  readonly words?: string;
  /** What can be done and chosen. */
  readonly children?: ComponentChildren;
}

/** Which array is on show. */
export function ArrayHead({ array, words, children }: ArrayHeadProps): VNode {
  const { name, shape } = array;
  return (
    <header class="array-head">
      <div class="array-title">
        <h2 class="ink" title={cutName(name)}>
          {cutName(name)}
        </h2>
        <code class="shape">{formatShape(shape)}</code>
        <code>{typeText(array)}</code>
        <span class="muted">{[storedText(array), words].filter(Boolean).join(' · ')}</span>
      </div>
      {children}
    </header>
  );
}
