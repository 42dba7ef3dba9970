import type { VNode } from 'preact';

/** Parts of the whole by which an arrow key moves the line. */
const STEP = 0.02;

export interface SplitterProps {
  readonly label: string;
  /** How the line between the two parts lies. */
  readonly orientation: 'vertical' | 'horizontal';
  /** Part of the whole before the line, 0 to 1. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Id of the part before the line. */
  readonly controls: string;
  onChange: (value: number) => void;
}

/** The line between two parts of a page, to be dragged or moved by the arrow keys. */
export function Splitter({ label, orientation, value, min, max, controls, onChange }: SplitterProps): VNode {
  const change = (wanted: number): void => onChange(Math.min(max, Math.max(min, wanted)));
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const whole = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!whole) return;
    change(
      orientation === 'vertical'
        ? (event.clientX - whole.left) / whole.width
        : (event.clientY - whole.top) / whole.height,
    );
  };
  const moves: Record<string, number | undefined> = {
    ...(orientation === 'vertical'
      ? { ArrowLeft: value - STEP, ArrowRight: value + STEP }
      : { ArrowUp: value - STEP, ArrowDown: value + STEP }),
    Home: min,
    End: max,
  };
  return (
    <div
      class={`splitter is-${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-controls={controls}
      aria-valuenow={Math.round(value * 100)}
      aria-valuemin={Math.round(min * 100)}
      aria-valuemax={Math.round(max * 100)}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault(); // no text is to be selected
        event.currentTarget.focus();
      }}
      onPointerMove={drag}
      onKeyDown={event => {
        const wanted = moves[event.key];
        if (wanted === undefined) return;
        change(wanted);
        event.preventDefault();
      }}
    />
  );
}
