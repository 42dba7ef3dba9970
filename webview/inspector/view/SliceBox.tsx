import type { VNode } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { formatShape, formatSlice, messageOf, parseSlice, sliceShape } from '../../../engine';
import { t } from '../../l10n';
import { useKeys } from '../../useKeys';
import { cutName } from '../words';
import type { ShownArray } from './shownArray';

export interface SliceBoxProps {
  readonly shown: ShownArray;
  /** @param text an expression that selects a slice of the array */
  onApply: (text: string) => void;
}

/** W1[ 3, 0 ] → (5, 5): a slice as in NumPy, with what it would select said as one types. */
export function SliceBox({ shown, onApply }: SliceBoxProps): VNode {
  const { whole, slice } = shown;
  const applied = formatSlice(slice, whole.shape);
  const [typed, setTyped] = useState<string>();
  /** What was applied before, the latest last, and how far back the arrow keys went. */
  const history = useRef<string[]>([]);
  const back = useRef(0);
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useKeys((event, typing) => {
    if (typing || event.key !== '[') return false;
    box.current?.select();
    return true;
  });

  const text = typed ?? applied;
  const outcome = outcomeOf(text, whole.shape);
  const finish = (): void => {
    if (typed === undefined || 'error' in outcome) return;
    if (outcome.text !== applied) {
      history.current.push(applied);
      onApply(outcome.text);
    }
    back.current = 0;
    setTyped(undefined);
  };
  const recall = (direction: 1 | -1): void => {
    const all = [...history.current, applied];
    back.current = Math.max(0, Math.min(all.length - 1, back.current + direction));
    setTyped(all[all.length - 1 - back.current]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') finish();
    else if (event.key === 'Escape' && typed !== undefined) setTyped(undefined);
    else if (event.key === 'ArrowUp') recall(1);
    else if (event.key === 'ArrowDown') recall(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="slice-box">
      <label class="slice-expression">
        <span class="slice-name">{cutName(whole.name)}</span>
        <span aria-hidden="true">[</span>
        <input
          ref={box}
          type="text"
          title={t('A slice, as in NumPy: 3, 0, ::2 (key [)')}
          value={text}
          placeholder={whole.shape.map(() => ':').join(', ')}
          spellcheck={false}
          autocomplete="off"
          aria-label={t('Slice of {0}, as in NumPy', whole.name)}
          aria-invalid={'error' in outcome}
          aria-describedby={id}
          size={Math.max(12, text.length + 1)}
          onInput={event => setTyped(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={finish}
        />
        <span aria-hidden="true">]</span>
      </label>
      <span
        id={id}
        role="status"
        class={'error' in outcome ? 'slice-outcome problem' : 'slice-outcome number'}
      >
        {'error' in outcome ? outcome.error : `→ ${formatShape(outcome.shape)}`}
      </span>
    </div>
  );
}

type Outcome = { readonly text: string; readonly shape: readonly number[] } | { readonly error: string };

/** What a text selects, and the shortest text that selects the same. */
function outcomeOf(text: string, shape: readonly number[]): Outcome {
  try {
    const slice = parseSlice(text, shape);
    return { text: formatSlice(slice, shape), shape: sliceShape(slice) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
