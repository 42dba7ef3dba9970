import type { RefObject, VNode } from 'preact';

export interface SearchFieldProps {
  /** Name, and what the empty field says. */
  readonly label: string;
  readonly title?: string;
  readonly value: string;
  readonly field?: RefObject<HTMLInputElement | null>;
  onInput: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** A field whose text narrows down a list; Escape empties it. */
export function SearchField({ label, title, value, field, onInput, onKeyDown }: SearchFieldProps): VNode {
  return (
    <input
      ref={field}
      class="search-field"
      type="search"
      spellcheck={false}
      aria-label={label}
      title={title}
      placeholder={label}
      value={value}
      onInput={event => onInput(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key === 'Escape' && value !== '') {
          onInput('');
          event.preventDefault();
          event.stopPropagation();
        } else onKeyDown?.(event);
      }}
    />
  );
}
