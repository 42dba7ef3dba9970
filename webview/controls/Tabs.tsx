import type { VNode } from 'preact';

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly tabs: readonly { readonly value: T; readonly text: string }[];
  /** Id of the element that shows what is chosen. */
  readonly controls: string;
  onChange: (value: T) => void;
}

/** Chooses which of several parts of a page is shown. */
export function Tabs<T extends string>({ label, value, tabs, controls, onChange }: TabsProps<T>): VNode {
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const here = tabs.findIndex(tab => tab.value === value);
    const target = (here + by + tabs.length) % tabs.length;
    onChange(tabs[target].value);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]').item(target).focus();
    event.preventDefault();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(tab => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          aria-selected={tab.value === value}
          aria-controls={controls}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {tab.text}
        </button>
      ))}
    </div>
  );
}
