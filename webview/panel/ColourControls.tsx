import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Checkbox, NumberField, Select } from '../controls';
import { COLORMAP_NAMES, type ColormapName } from '../draw/colormap';
import type { Domain, RangeMode } from '../draw/domain';
import { t } from '../l10n';
import type { ColourSettings } from '../model/colours';

export interface ColourControlsProps {
  readonly colours: ColourSettings;
  /** The range in use, which a manual one starts from. */
  readonly domain: Domain;
  readonly hasMaps: boolean;
  onChange: (colours: ColourSettings) => void;
}

/** Colour map, range of values, and whether all maps share it. */
export function ColourControls({ colours, domain, hasMaps, onChange }: ColourControlsProps): VNode {
  const { colormap, range, perMap } = colours;
  return (
    <div class="colour-controls" role="group" aria-label={t('Colours')}>
      <Select
        label={t('Colour map')}
        value={colormap}
        options={COLORMAP_NAMES.map(value => ({ value, text: colormapTitle(value) }))}
        onChange={chosen => onChange({ ...colours, colormap: chosen })}
      />
      <Select
        label={t('Range')}
        value={range.kind}
        options={[
          { value: 'minMax', text: t('min to max') },
          { value: 'symmetric', text: t('symmetric about 0') },
          { value: 'percentile', text: t('1st to 99th percentile') },
          { value: 'manual', text: t('by hand') },
        ]}
        onChange={kind => onChange({ ...colours, range: rangeOf(kind, domain) })}
      />
      {range.kind === 'manual' && (
        <ManualRange range={range} onChange={manual => onChange({ ...colours, range: manual })} />
      )}
      {hasMaps && (
        <Checkbox
          label={t('a scale for each map')}
          checked={perMap}
          onChange={checked => onChange({ ...colours, perMap: checked })}
        />
      )}
    </div>
  );
}

type Manual = Extract<RangeMode, { kind: 'manual' }>;

/** Two numbers; half-typed ones stay in their field until they are numbers. */
function ManualRange({ range, onChange }: { range: Manual; onChange: (range: Manual) => void }): VNode {
  const [typed, setTyped] = useState({ min: `${range.min}`, max: `${range.max}` });
  const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));
  const type = (patch: Partial<typeof typed>): void => {
    const now = { ...typed, ...patch };
    setTyped(now);
    if (isNumber(now.min) && isNumber(now.max))
      onChange({ kind: 'manual', min: Number(now.min), max: Number(now.max) });
  };
  return (
    <>
      <NumberField
        label={t('from')}
        size={8}
        value={typed.min}
        invalid={!isNumber(typed.min)}
        onInput={min => type({ min })}
      />
      <NumberField
        label={t('to')}
        size={8}
        value={typed.max}
        invalid={!isNumber(typed.max)}
        onInput={max => type({ max })}
      />
    </>
  );
}

function rangeOf(kind: RangeMode['kind'], { min, max }: Domain): RangeMode {
  switch (kind) {
    case 'percentile':
      return { kind, low: 1, high: 99 };
    case 'manual':
      return { kind, min, max };
    default:
      return { kind };
  }
}

function colormapTitle(name: ColormapName): string {
  switch (name) {
    case 'grey':
      return t('grey');
    case 'greyInverted':
      return t('grey, inverted');
    case 'redBlue':
      return t('blue – white – red');
    default:
      return name;
  }
}
