import type { RangeMode } from '../../draw/domain';
import type { ColourSettings } from '../../views/colours/colourSettings';

export type ViewName = 'number' | 'colour' | 'colourMaps' | 'maps' | 'plane' | 'line' | 'table';

/** What kind of values an array has; those of a kind are coloured alike. */
export type ValueKind = 'signed' | 'image' | 'other';

/** What was chosen of how one array is shown. Axes are those of the whole array. */
export interface ArrayChoices {
  /** As typed, without brackets. */
  readonly slice?: string;
  /** The best fitting one where left out. */
  readonly view?: ViewName;
  readonly rowAxis?: number;
  readonly columnAxis?: number;
  /** By axis, the position of the slice that is on show where the axis is not drawn. */
  readonly held?: readonly number[];
  /** From black to full light in colour pictures; the usual range of pictures where left out. */
  readonly light?: RangeMode;
}

/** What a user has chosen of how arrays are shown; it can be kept as JSON. */
export interface ViewChoices {
  readonly colours: Readonly<Record<ValueKind, ColourSettings>>;
  /** By the arrays' names. Pairs, since a name from a file must never become the name of a property. */
  readonly arrays: readonly (readonly [name: string, ArrayChoices])[];
}

export const DEFAULT_VIEW_CHOICES: ViewChoices = {
  colours: {
    signed: { colormap: 'redBlue', range: { kind: 'symmetric' }, perMap: false },
    image: { colormap: 'grey', range: { kind: 'minMax' }, perMap: false },
    other: { colormap: 'viridis', range: { kind: 'minMax' }, perMap: false },
  },
  arrays: [],
};

export function choicesFor({ arrays }: ViewChoices, name: string): ArrayChoices {
  return arrays.find(([known]) => known === name)?.[1] ?? {};
}

/** Arrays whose choices are kept; what was chosen longest ago is forgotten first. */
const MOST_ARRAYS = 200;

export function withChoices(choices: ViewChoices, name: string, chosen: ArrayChoices): ViewChoices {
  const others = choices.arrays.filter(([known]) => known !== name);
  return { ...choices, arrays: [...others, [name, chosen] as const].slice(-MOST_ARRAYS) };
}
