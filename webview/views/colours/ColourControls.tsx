import type { VNode } from 'preact';
import { Checkbox, Select } from '../../controls';
import { COLORMAP_NAMES, type ColormapName } from '../../draw/colormap';
import type { Domain } from '../../draw/domain';
import { defaultThreshold, LINEAR, type Scaling } from '../../../engine';
import { t } from '../../l10n';
import type { ColourSettings } from './colourSettings';
import { RangeChoice } from './RangeChoice';
import { scalingTitle } from './scalingTitle';
import { TypedNumbers } from './TypedNumbers';

const SCALINGS = ['linear', 'log', 'symlog'] as const;

export interface ColourControlsProps {
  readonly colours: ColourSettings;
  /** The range in use, which a manual one starts from. */
  readonly domain: Domain;
  readonly hasMaps: boolean;
  onChange: (colours: ColourSettings) => void;
}

/** Colour map, range of values, how they are spread over the colours, and whether all maps share them. */
export function ColourControls({ colours, domain, hasMaps, onChange }: ColourControlsProps): VNode {
  const { colormap, range, perMap, scaling = LINEAR } = colours;
  return (
    <div class="colour-controls" role="group" aria-label={t('Colours')}>
      <Select
        label={t('Colour map')}
        value={colormap}
        options={COLORMAP_NAMES.map(value => ({ value, text: colormapTitle(value) }))}
        onChange={chosen => onChange({ ...colours, colormap: chosen })}
      />
      <RangeChoice
        range={range}
        kinds={['minMax', 'symmetric', 'percentile', 'manual']}
        domain={domain}
        onChange={chosen => chosen && onChange({ ...colours, range: chosen })}
      />
      <Select
        label={t('Scale')}
        value={scaling.kind}
        options={SCALINGS.map(value => ({ value, text: scalingTitle(value) }))}
        onChange={kind => onChange({ ...colours, scaling: scalingOf(kind, domain) })}
      />
      {scaling.kind === 'symlog' && (
        <TypedNumbers
          labels={[t('linear up to')]}
          values={[scaling.threshold]}
          isAllowed={threshold => threshold > 0}
          onChange={([threshold]) => onChange({ ...colours, scaling: { kind: 'symlog', threshold } })}
        />
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

function scalingOf(kind: Scaling['kind'], domain: Domain): Scaling {
  return kind === 'symlog' ? { kind, threshold: defaultThreshold(domain) } : { kind };
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
