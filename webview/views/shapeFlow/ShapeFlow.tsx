import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatShape, type Direction, type Role } from '../../../engine';
import { t } from '../../l10n';

/** A step in the flow, or the array it begins with. */
export interface Chip {
  readonly title: string;
  /** Shape of what comes out. */
  readonly shape: readonly number[];
  /** Of what comes out; gives the chip its colour. */
  readonly role: Role;
  /** Position among the run's steps; left out for the array a direction begins with. */
  readonly step?: number;
}

export interface ShapeFlowProps {
  readonly rows: readonly { readonly direction: Direction; readonly chips: readonly Chip[] }[];
  /** The step shown. */
  readonly cursor: number;
  onGo: (step: number) => void;
}

/** The chain of steps with their shapes, forward and back. One tab stop; arrow keys move along the chain. */
export function ShapeFlow({ rows, cursor, onGo }: ShapeFlowProps): VNode {
  const current = useRef<HTMLButtonElement>(null);
  const flow = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const chip = current.current;
    if (!chip) return;
    if (flow.current?.contains(document.activeElement)) chip.focus();
    chip.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [cursor]);

  return (
    <div class="shape-flow" ref={flow}>
      {rows.map(({ direction, chips }) => (
        <div key={direction} class="shape-flow-row">
          <span class="shape-flow-direction">{direction === 'forward' ? t('forward') : t('backward')}</span>
          <ol
            class="shape-flow-chips"
            aria-label={direction === 'forward' ? t('Forward steps') : t('Backward steps')}
          >
            {chips.map(chip => (
              <li key={chip.step ?? 'start'}>
                {chip.step === undefined ? (
                  <span class="chip chip-start" data-role={chip.role}>
                    <ChipText {...chip} />
                  </span>
                ) : (
                  <button
                    type="button"
                    class="chip"
                    data-role={chip.role}
                    ref={chip.step === cursor ? current : undefined}
                    aria-current={chip.step === cursor ? 'step' : undefined}
                    tabIndex={chip.step === cursor ? 0 : -1}
                    onClick={() => onGo(chip.step ?? 0)}
                  >
                    <ChipText {...chip} />
                  </button>
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

function ChipText({ title, shape }: Chip): VNode {
  return (
    <>
      <span class="chip-title">{title}</span> <span class="chip-shape">{formatShape(shape)}</span>
    </>
  );
}
