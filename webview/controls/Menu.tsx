import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { commandText } from './shortcut';

export interface MenuItem {
  readonly text: string;
  /** Whether a line sets it and those after it apart from those before. */
  readonly beginsGroup?: boolean;
  /** The letter that does the same with Ctrl or ⌘ held, where the page takes it. */
  readonly shortcut?: string;
  onChoose: () => void;
}

/** ⋯ A button that opens a list of things to do. */
export function Menu({ label, heading, items }: Pick<MenuItemsProps, 'label' | 'heading' | 'items'>): VNode {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div class="menu">
      <button
        type="button"
        class="icon-button"
        ref={button}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        // Else the list would close for this, and open again by the click.
        onPointerDown={event => open && event.stopPropagation()}
        onClick={() => setOpen(!open)}
      >
        ⋯
      </button>
      {open && (
        <MenuItems
          label={label}
          heading={heading}
          items={items}
          onClose={byKeyboard => {
            setOpen(false);
            if (byKeyboard) button.current?.focus();
          }}
        />
      )}
    </div>
  );
}

export interface MenuItemsProps {
  readonly label: string;
  /** What the items act on, where the label does not say. */
  readonly heading?: string;
  readonly items: readonly MenuItem[];
  /** Where in the window it opens; below the element around it where left out. */
  readonly at?: { readonly x: number; readonly y: number };
  /** @param takesFocus whether the focus was in the menu and has to go back to where it came from */
  onClose: (takesFocus: boolean) => void;
}

/** A list of things to do, open. */
export function MenuItems({ label, heading, items, at, onClose }: MenuItemsProps): VNode {
  const root = useRef<HTMLDivElement>(null);
  const entries = (): HTMLElement[] => [
    ...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
  ];

  useLayoutEffect(() => {
    if (root.current && at) keepInWindow(root.current, at);
    entries().at(0)?.focus();
  }, []);
  useEffect(() => {
    const closeOutside = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) onClose(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const all = entries();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const move: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: all.length - 1,
    };
    if (event.key === 'Escape') onClose(true);
    else if (event.key === 'Tab') onClose(false);
    else if (event.key in move) all[(move[event.key] + all.length) % all.length].focus();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      class={at ? 'menu-items is-free' : 'menu-items'}
      ref={root}
      role="menu"
      aria-label={heading ?? label}
      onKeyDown={onKeyDown}
      onContextMenu={event => event.preventDefault()} // the key for menus was what opened it
    >
      {heading !== undefined && (
        <div class="menu-heading" aria-hidden="true">
          {heading}
        </div>
      )}
      {items.map(({ text, beginsGroup, shortcut, onChoose }) => (
        <button
          key={text}
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-keyshortcuts={shortcut && `Control+${shortcut}`}
          class={beginsGroup ? 'begins-group' : undefined}
          onClick={() => {
            onClose(true);
            onChoose();
          }}
        >
          <span>{text}</span>
          {shortcut !== undefined && <kbd aria-hidden="true">{commandText(shortcut)}</kbd>}
        </button>
      ))}
    </div>
  );
}

function keepInWindow({ style, offsetWidth, offsetHeight }: HTMLElement, at: { x: number; y: number }): void {
  style.left = `${Math.max(0, Math.min(at.x, innerWidth - offsetWidth))}px`;
  style.top = `${Math.max(0, Math.min(at.y, innerHeight - offsetHeight))}px`;
}
