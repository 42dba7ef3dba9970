import {
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolateRdBu,
  interpolateViridis,
} from 'd3-scale-chromatic';

/** Red, green and blue, 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Colours of the values of a domain, least first: {@link COLORS} of them. */
export interface Colormap {
  readonly name: ColormapName;
  /** The middle colour stands for zero, whatever the domain. */
  readonly diverging: boolean;
  readonly colors: readonly Rgb[];
}

/** Number of colours of a map. */
export const COLORS = 256;

/** Names in the order a user is offered them. `greyInverted` is how the book draws filters. */
export const COLORMAP_NAMES = [
  'viridis',
  'magma',
  'inferno',
  'cividis',
  'grey',
  'greyInverted',
  'redBlue',
] as const;

export type ColormapName = (typeof COLORMAP_NAMES)[number];

const GENERATORS: Readonly<Record<ColormapName, (t: number) => string>> = {
  viridis: interpolateViridis,
  magma: interpolateMagma,
  inferno: interpolateInferno,
  cividis: interpolateCividis,
  grey,
  greyInverted: t => grey(1 - t),
  redBlue: t => interpolateRdBu(1 - t), // negative blue, positive red
};

const made = new Map<ColormapName, Colormap>();

/** The colour map of that name; made once. */
export function colormap(name: ColormapName): Colormap {
  let map = made.get(name);
  if (!map) {
    const colors = Array.from({ length: COLORS }, (_, i) => parseRgb(GENERATORS[name](i / (COLORS - 1))));
    map = { name, diverging: name === 'redBlue', colors };
    made.set(name, map);
  }
  return map;
}

/**
 * Colours of what is no finite number. Vivid and in none of the maps, so that they say "not a value" in every
 * theme; large cells get a mark as well, since colour alone does not tell everyone.
 */
export const NOT_FINITE: Readonly<Record<'nan' | 'posInf' | 'negInf', Rgb>> = {
  nan: [255, 0, 255],
  posInf: [0, 255, 60],
  negInf: [255, 128, 0],
};

/** Colour of what a logarithmic scale has no place for. In none of the maps either. */
export const NOT_POSITIVE: Rgb = [0, 140, 255];

/** Black or white, whichever stands out more on `background` (WCAG 2.2 relative luminance). */
export function inkOn([red, green, blue]: Rgb): '#000' | '#fff' {
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  // The luminance whose contrasts with black and white are equal: (L + .05)/.05 = 1.05/(L + .05).
  return luminance > 0.179 ? '#000' : '#fff';
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function grey(t: number): string {
  const level = Math.round(255 * t);
  return `rgb(${level}, ${level}, ${level})`;
}

/** d3 gives `#rrggbb` for its tabulated maps and `rgb(r, g, b)` for its computed ones. */
function parseRgb(css: string): Rgb {
  const channels = css.startsWith('#')
    ? [1, 3, 5].map(start => Number.parseInt(css.slice(start, start + 2), 16))
    : [...css.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return [channels[0], channels[1], channels[2]];
}
