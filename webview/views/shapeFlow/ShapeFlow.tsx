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

/** The steps of one layer in one direction. */
export interface ChipGroup {
  readonly layer: string;
  /** What kind of layer it is, and over which windows it goes: `max pool`, `2×2 s2`. */
  readonly kind: string;
  readonly window: string;
  readonly chips: readonly Chip[];
}

export interface ShapeFlowProps {
  readonly rows: readonly { readonly direction: Direction; readonly groups: readonly ChipGroup[] }[];
  /** The step shown; none where the layer is shown as a whole. */
  readonly cursor: number | undefined;
  onGo: (step: number) => void;
}

/**
 * The chain of steps with their shapes: forward from left to right, and back from right to left, so that a gradient
 * stands near what it is the gradient of. One tab stop; arrow keys move along the chain.
 */
export function ShapeFlow({ rows, cursor, onGo }: ShapeFlowProps): VNode {
  const current = useRef<HTMLButtonElement>(null);
  const flow = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const chip = current.current;
    if (!chip) return;
    if (flow.current?.contains(document.activeElement)) chip.focus();
    chip.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [cursor]);

  const chipButton = (step: number, chip: Chip): VNode => (
    <button
      type="button"
      class="chip"
      data-role={chip.role}
      ref={step === cursor ? current : undefined}
      aria-current={step === cursor ? 'step' : undefined}
      tabIndex={step === (cursor ?? 0) ? 0 : -1}
      onClick={() => onGo(step)}
    >
      <ChipText {...chip} />
    </button>
  );

  return (
    <div class="shape-flow" ref={flow}>
      {rows.map(({ direction, groups }) => (
        <div key={direction} class="shape-flow-row" data-direction={direction}>
          <span class="shape-flow-direction">{direction === 'forward' ? t('forward') : t('backward')}</span>
          <ol
            class="shape-flow-groups"
            aria-label={direction === 'forward' ? t('Forward steps') : t('Backward steps')}
          >
            {groups.map(({ layer, kind, window, chips }) => (
              <li key={layer} class="shape-flow-group">
                <span class="shape-flow-layer">
                  <span>{kind}</span> <span>{window}</span>
                </span>
                <ol class="shape-flow-chips">
                  {chips.map(chip => (
                    <li key={chip.step ?? 'start'}>
                      {chip.step === undefined ? (
                        <span class="chip chip-start" data-role={chip.role}>
                          <ChipText {...chip} />
                        </span>
                      ) : (
                        chipButton(chip.step, chip)
                      )}
                    </li>
                  ))}
                </ol>
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
