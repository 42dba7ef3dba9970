import type { ComponentChildren, HTMLAttributes, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
  type Dropdown,
  type TextField,
} from '@vscode/webview-ui-toolkit';

// The only file that knows the toolkit: whatever replaces it one day has to offer these five components.

/** FAST elements hand ARIA to the control in their shadow tree by properties, not by attributes. */
interface ToolkitElement<E extends HTMLElement = HTMLElement> extends HTMLAttributes<E> {
  disabled?: boolean;
  ariaLabel?: string;
  ariaExpanded?: string | null;
  ariaPressed?: string | null;
  ariaInvalid?: string | null;
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': ToolkitElement & { appearance?: 'primary' | 'secondary' };
      'vscode-checkbox': ToolkitElement & { checked?: boolean };
      'vscode-dropdown': ToolkitElement<Dropdown>;
      'vscode-option': ToolkitElement & { value?: string };
      'vscode-text-field': ToolkitElement<TextField> & { value?: string; size?: number };
    }
  }
}

/** Defines the toolkit's elements that the controls use. Call once, before the first is rendered. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextField(),
  );
}

interface ButtonState {
  readonly disabled?: boolean;
  /** For a button that opens something: whether it is open. */
  readonly expanded?: boolean;
  /** For a button that stays down: whether it is. */
  readonly pressed?: boolean;
  onClick(): void;
}

export interface ButtonProps extends ButtonState {
  readonly children: ComponentChildren;
  /** `primary` for the one thing a view is for. */
  readonly kind?: 'primary' | 'secondary';
  readonly title?: string;
}

export function Button({ children, kind = 'secondary', title, ...state }: ButtonProps): VNode {
  return (
    <vscode-button appearance={kind} title={title} {...stateOf(state)}>
      {children}
    </vscode-button>
  );
}

export interface IconButtonProps extends ButtonState {
  /** One character, or an SVG. */
  readonly icon: ComponentChildren;
  /** What the button does; its name and its tooltip. */
  readonly label: string;
}

/** A plain button: a panel has dozens of them, and a toolkit element each costs a noticeable part of its opening. */
export function IconButton({ icon, label, disabled, expanded, pressed, onClick }: IconButtonProps): VNode {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      aria-expanded={expanded}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}

function stateOf({ disabled, expanded, pressed, onClick }: ButtonState): ToolkitElement {
  return {
    disabled,
    onClick,
    'aria-expanded': expanded,
    'aria-pressed': pressed,
  };
}

export interface CheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  onChange(checked: boolean): void;
}

export function Checkbox({ label, checked, disabled, onChange }: CheckboxProps): VNode {
  return (
    <vscode-checkbox
      checked={checked}
      disabled={disabled}
      onChange={event => onChange((event.currentTarget as HTMLInputElement).checked)}
    >
      {label}
    </vscode-checkbox>
  );
}

export interface SelectProps<T extends string> {
  /** Name for assistive technology, and tooltip. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly disabled?: boolean;
  onChange(value: T): void;
}

export function Select<T extends string>({
  label,
  value,
  options,
  disabled,
  onChange,
}: SelectProps<T>): VNode {
  const host = useRef<Dropdown>(null);
  // The dropdown knows its options only once they are slotted, after this render.
  useLayoutEffect(() => {
    queueMicrotask(() => {
      if (host.current) host.current.value = value;
    });
  }, [value, options]);
  return (
    <vscode-dropdown
      ref={host}
      aria-label={label}
      title={label}
      disabled={disabled}
      onChange={event => {
        const chosen = options.find(option => option.value === event.currentTarget.value);
        // Setting the value from here makes a change event, too.
        if (chosen && chosen.value !== value) onChange(chosen.value);
      }}
    >
      {options.map(option => (
        <vscode-option key={option.value} value={option.value}>
          {option.text}
        </vscode-option>
      ))}
    </vscode-dropdown>
  );
}

export interface NumberFieldProps {
  /** Shown before the field. */
  readonly label: string;
  /** As typed: a field may hold text that is not a number (yet). */
  readonly value: string;
  /** Width in characters. */
  readonly size?: number;
  /** Marks the value as one that cannot work; the reason belongs beside the field. */
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  onInput(value: string): void;
}

export function NumberField({ label, value, size = 4, invalid, disabled, onInput }: NumberFieldProps): VNode {
  return (
    <vscode-text-field
      value={value}
      size={size}
      disabled={disabled}
      ariaInvalid={invalid ? 'true' : null}
      onInput={event => onInput(event.currentTarget.value)}
    >
      {label}
    </vscode-text-field>
  );
}
