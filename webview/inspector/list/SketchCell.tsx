import type { VNode } from 'preact';
import { Icon } from '../../icons';
import { t } from '../../l10n';
import type { ListedArray } from './listedArray';
import { odditiesOf } from './oddities';
import type { Sketches } from './sketches';
import { oddityBadge, oddityText, sketchText } from './sketchWords';
import { sparklinePath } from './sparkline';

/** Size of a small histogram, in CSS pixels. */
const WIDTH = 64;
const HEIGHT = 14;

interface SketchProps {
  readonly array: ListedArray;
  readonly sketches: Sketches;
}

/** How the values of an array are spread, at a glance. */
export function SketchCell({ array, sketches }: SketchProps): VNode {
  const { value: sketch, error } = sketches.of(array.name).value;
  if (error !== undefined)
    return (
      <span class="sketch-error" title={error} role="img" aria-label={error}>
        <Icon name="warning" />
      </span>
    );
  if (!sketch) return <span />;
  const text = sketchText(sketch, array.elements);
  return (
    <span role="img" aria-label={text} title={text}>
      <svg
        class="sparkline"
        width={WIDTH}
        height={HEIGHT}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={sparklinePath(sketch.histogram, 1 / HEIGHT)} />
      </svg>
    </span>
  );
}

/** Mark of what is odd about the values of an array: NaN, infinities, no differences. */
export function OddityBadge({ array, sketches }: SketchProps): VNode | null {
  const { value: sketch } = sketches.of(array.name).value;
  const oddities = sketch ? odditiesOf(sketch) : [];
  if (!sketch || oddities.length === 0) return null;
  const isBad = oddities.some(({ kind }) => kind !== 'zero' && kind !== 'constant');
  const text = oddities.map(oddity => oddityText(oddity, sketch, array.elements)).join('\n');
  return (
    <span class={isBad ? 'badge is-bad' : 'badge'} title={text}>
      {isBad && <Icon name="warning" />}
      {oddities.map(oddity => (
        <span key={oddity.kind}>{oddityBadge(oddity, sketch, array.elements)}</span>
      ))}
    </span>
  );
}

/** Mark of an array that is another one since the file changed. */
export function ChangedMark({ text }: { text: string }): VNode {
  return (
    <span class="changed-mark" title={text}>
      ● {t('changed')}
    </span>
  );
}
