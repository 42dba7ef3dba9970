import type { ColorScale } from '../../draw/colorScale';
import { scaleOf, type ColourSettings } from '../../views/colours/colourSettings';
import type { KnownValues } from '../../views/statistics/Numbers';
import { lightRange } from './lightRange';
import type { ShownArray } from './shownArray';
import { valueKindOf } from './valueKind';
import { choicesFor } from './viewChoices';
import type { ValueKind, ViewChoices, ViewName } from './viewChoices';

export interface ShownScale {
  /** Whose colours these are: a change of them changes those of all arrays of the kind. */
  readonly kind: ValueKind;
  readonly colours: ColourSettings;
  readonly scale: ColorScale;
}

/**
 * The colours of a slice.
 * @param whole values of the whole array, which decide what kind they are of
 * @param values values of the slice, which decide the range
 */
export function scaleFor(
  shown: ShownArray,
  view: ViewName,
  choices: ViewChoices,
  whole: KnownValues | undefined,
  values: KnownValues | undefined,
): ShownScale {
  const kind = valueKindOf(shown, whole) ?? 'other';
  const colours = choices.colours[kind];
  const { light } = choicesFor(choices, shown.whole.name);
  const scale: ColorScale =
    view === 'colour' || view === 'colourMaps'
      ? { colormap: 'grey', domain: lightRange(shown.whole.dtype, whole, light) }
      : scaleOf(colours, values);
  return { kind, colours, scale };
}
