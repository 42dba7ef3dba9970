import type { VNode } from 'preact';
import { composeSlices, formatSlice, wholeRegion } from '../../../engine';
import { IconButton, Select, Stepper } from '../../controls';
import { Icon } from '../../icons';
import { t } from '../../l10n';
import { PlayButton } from '../../views/player/PlayButton';
import { axisTitle } from './axisTitle';
import type { DrawnAxes } from './drawnAxes';
import type { ShownArray } from './shownArray';
import type { ArrayChoices } from './viewChoices';

export interface AxisControlsProps {
  readonly shown: ShownArray;
  readonly drawn: DrawnAxes;
  readonly held: readonly number[];
  onChange: (choices: Partial<ArrayChoices>) => void;
}

/** Which axes are drawn, which way round, and where the others are held. */
export function AxisControls({ shown, drawn, held, onChange }: AxisControlsProps): VNode | null {
  const { slice, array, axes } = shown;
  const { rowAxis, columnAxis, heldAxes, index } = drawn;
  const hold = (axis: number, position: number): void => {
    const whole = slice.kept[axis];
    const positions = shown.whole.shape.map((_, at) => held[at] ?? 0);
    onChange({ held: positions.with(whole, position) });
  };
  return (
    <div class="axis-controls">
      {rowAxis !== undefined && columnAxis !== undefined && (
        <PlaneAxes shown={shown} rowAxis={rowAxis} columnAxis={columnAxis} onChange={onChange} />
      )}
      {heldAxes.map(axis => {
        const whole = slice.kept[axis];
        const title = axisTitle(shown.names[axis], whole);
        const step = {
          value: index[axis],
          count: array.shape[axis],
          onChange: (position: number) => hold(axis, position),
        };
        const isCut = array.shape[axis] !== shown.whole.shape[whole] || slice.region[whole].step !== 1;
        return (
          <span key={whole} class="axis-stepper">
            <Stepper label={title} {...step} />
            {isCut && <span class="number muted">{axes[axis].label(index[axis])}</span>}
            <PlayButton label={t('Play by {0}', title)} {...step} />
          </span>
        );
      })}
    </div>
  );
}

interface PlaneAxesProps {
  readonly shown: ShownArray;
  readonly rowAxis: number;
  readonly columnAxis: number;
  onChange: (choices: Partial<ArrayChoices>) => void;
}

function PlaneAxes({ shown, rowAxis, columnAxis, onChange }: PlaneAxesProps): VNode {
  const { slice, names, array } = shown;
  const options = slice.kept.map((whole, axis) => ({
    value: String(whole),
    text: `${axisTitle(names[axis], whole)} (${array.shape[axis]})`,
  }));
  const [rows, columns] = [slice.kept[rowAxis], slice.kept[columnAxis]];
  // Choosing the axis that lies the other way swaps the two.
  const choose = (rowAxis: number, columnAxis: number): void => onChange({ rowAxis, columnAxis });
  const flip = (axis: number): void => {
    const region = wholeRegion(array.shape).with(axis, {
      start: array.shape[axis] - 1,
      count: array.shape[axis],
      step: -1,
    });
    const flipped = composeSlices(slice, { region, kept: array.shape.map((_, at) => at) });
    onChange({ slice: formatSlice(flipped, shown.whole.shape) });
  };
  const isFlipped = (axis: number): boolean => slice.region[slice.kept[axis]].step < 0;
  return (
    <span class="plane-axes" role="group" aria-label={t('Drawn axes')}>
      {options.length > 2 && (
        <Select
          label={t('Axis drawn downwards')}
          value={String(rows)}
          options={options}
          onChange={chosen => choose(Number(chosen), Number(chosen) === columns ? rows : columns)}
        />
      )}
      <IconButton
        icon={<Icon name="flipRows" />}
        label={t('Flip the rows')}
        pressed={isFlipped(rowAxis)}
        onClick={() => flip(rowAxis)}
      />
      <IconButton
        icon={<Icon name="swap" />}
        label={t('Swap rows and columns')}
        onClick={() => choose(columns, rows)}
      />
      {options.length > 2 && (
        <Select
          label={t('Axis drawn to the right')}
          value={String(columns)}
          options={options}
          onChange={chosen => choose(Number(chosen) === rows ? columns : rows, Number(chosen))}
        />
      )}
      <IconButton
        icon={<Icon name="flipColumns" />}
        label={t('Flip the columns')}
        pressed={isFlipped(columnAxis)}
        onClick={() => flip(columnAxis)}
      />
    </span>
  );
}
