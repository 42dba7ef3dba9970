import type { DType, Shape } from '../../../engine';

/**
 * What the positions of an axis are, in the field's letters: samples, channels, filters, rows and columns of an image,
 * rows and columns of a filter. Empty where the shape does not tell.
 */
export type AxisName = 'n' | 'c' | 'f' | 'h' | 'w' | 'fh' | 'fw' | '';

/** What a shape is taken for. */
export type Layout = 'filters' | 'filtersLast' | 'images' | 'imagesLast' | 'image' | 'imageLast' | 'plain';

export interface ShapeReading {
  readonly layout: Layout;
  /** One per axis. */
  readonly names: readonly AxisName[];
}

const NAMES: Readonly<Record<Exclude<Layout, 'plain'>, readonly AxisName[]>> = {
  filters: ['f', 'c', 'fh', 'fw'],
  filtersLast: ['fh', 'fw', 'c', 'f'],
  images: ['n', 'c', 'h', 'w'],
  imagesLast: ['n', 'h', 'w', 'c'],
  image: ['c', 'h', 'w'],
  imageLast: ['h', 'w', 'c'],
};

/** Filters are rarely larger, images rarely smaller. */
const LARGEST_FILTER = 11;
/** Channels of a picture: grey, colour, colour with opacity. */
const PICTURE_CHANNELS = [1, 3, 4];

/** What the axes of an array most likely are. Only shapes of three and four axes tell. */
export function readShape(shape: Shape, dtype: DType | undefined): ShapeReading {
  const layout = layoutOf(shape, dtype);
  return { layout, names: layout === 'plain' ? shape.map(() => '') : NAMES[layout] };
}

function layoutOf(shape: Shape, dtype: DType | undefined): Layout {
  const isPicture = (channels: number, height: number, width: number): boolean =>
    PICTURE_CHANNELS.includes(channels) && Math.min(height, width) > Math.max(4, channels);
  if (shape.length === 3) {
    if (isPicture(shape[0], shape[1], shape[2])) return 'image';
    return isPicture(shape[2], shape[0], shape[1]) ? 'imageLast' : 'plain';
  }
  if (shape.length !== 4) return 'plain';
  const [a, b, c, d] = shape;
  const isSmall = (height: number, width: number): boolean => Math.max(height, width) <= LARGEST_FILTER;
  if (isPicture(d, b, c) && (dtype === 'uint8' || !isSmall(c, d))) return 'imagesLast';
  // Square filters are usual, as many images as they have channels are not.
  const isSquare = a === b && a > 1;
  if (isSmall(a, b) && !isSmall(c, d) && (isSquare || !isPicture(b, c, d))) return 'filtersLast';
  return isSmall(c, d) ? 'filters' : 'images';
}
