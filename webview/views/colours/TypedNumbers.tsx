import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { NumberField } from '../../controls';

export interface TypedNumbersProps {
  /** One field each. */
  readonly labels: readonly string[];
  readonly values: readonly number[];
  /** Whether a finite number will do; any will where left out. */
  isAllowed?: (value: number) => boolean;
  /** All fields hold allowed numbers, and one is another than before. */
  onChange: (values: number[]) => void;
}

/** Fields for numbers; half-typed ones stay in their field until they are numbers. */
export function TypedNumbers({ labels, values, isAllowed, onChange }: TypedNumbersProps): VNode {
  const [typed, setTyped] = useState(values.map(String));
  const isNumber = (text: string): boolean =>
    text.trim() !== '' && Number.isFinite(Number(text)) && (isAllowed?.(Number(text)) ?? true);
  const type = (at: number, text: string): void => {
    const now = typed.with(at, text);
    setTyped(now);
    if (now.every(isNumber)) onChange(now.map(Number));
  };
  return (
    <>
      {labels.map((label, at) => (
        <NumberField
          key={label}
          label={label}
          size={8}
          value={typed[at]}
          invalid={!isNumber(typed[at])}
          onInput={text => type(at, text)}
        />
      ))}
    </>
  );
}
