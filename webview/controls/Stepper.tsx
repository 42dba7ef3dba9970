import type { VNode } from 'preact';
import { t } from '../l10n';
import { IconButton } from './toolkit';

export interface StepperProps {
  /** What is chosen: `sample`, `channel`, `filter`. */
  readonly label: string;
  readonly value: number;
  /** How many values there are, from 0 on. */
  readonly count: number;
  onChange(value: number): void;
}

/** ‹ 4 › A position on an axis: stepped through, or typed. */
export function Stepper({ label, value, count, onChange }: StepperProps): VNode {
  const choose = (wanted: number): void => {
    if (Number.isInteger(wanted) && wanted >= 0 && wanted < count && wanted !== value) onChange(wanted);
  };
  return (
    <span class="stepper" role="group" aria-label={label}>
      <span class="stepper-label" aria-hidden="true">
        {label}
      </span>
      <IconButton
        icon="‹"
        label={t('Previous {0}', label)}
        disabled={value <= 0}
        onClick={() => choose(value - 1)}
      />
      <input
        type="number"
        aria-label={t('{0}, 0 to {1}', label, count - 1)}
        min={0}
        max={count - 1}
        value={value}
        size={String(count - 1).length}
        onInput={event => {
          if (event.currentTarget.value !== '') choose(event.currentTarget.valueAsNumber);
        }}
        onBlur={event => (event.currentTarget.value = String(value))}
      />
      <IconButton
        icon="›"
        label={t('Next {0}', label)}
        disabled={value >= count - 1}
        onClick={() => choose(value + 1)}
      />
    </span>
  );
}
