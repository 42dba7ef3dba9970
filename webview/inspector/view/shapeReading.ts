import { filterAxes, type DType, type Shape } from '../../../engine';

/**
 * What the positions of an axis are, in the field's letters: samples, channels, filters, rows and columns of an image,
 * rows and columns of a filter. Empty where the shape does not tell.
 */
export type AxisName = 'n' | 'c' | 'f' | 'h' | 'w' | 'fh' | 'fw' | '';

/** What a shape is taken for. */
export type Layout =
  'filters' | 'filtersLast' | 'images' | 'imagesLast' | 'image' | 'imageLast' | 'stack' | 'plain';

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
  stack: ['n', 'h', 'w'],
};

/** Filters are rarely larger, images rarely smaller. */
const LARGEST_FILTER = 11;
/** Channels of a picture: grey, colour, colour with opacity. */
const PICTURE_CHANNELS = [1, 3, 4];

/** Whether an array with so many channels is a picture rather than a stack of feature maps. */
export function isPictureChannels(channels: number): boolean {
  return PICTURE_CHANNELS.includes(channels);
}

/** What is known of an array whose shape is read. */
export interface ReadArray {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  /** The format of its file. */
  readonly format: string;
}

/** Formats of libraries that store filters as (FN, C, FH, FW). Those that do not are the engine's to know. */
const FILTERS_FIRST = ['torch', 'onnx'];

/** What the axes of an array most likely are. Only shapes of three and four axes tell. */
export function readShape(array: ReadArray): ShapeReading {
  const { name, shape, dtype } = array;
  const isWeight = /(^|[./_])(w\d*|\w*kernel|\w*weights?|filters?)(:\d+)?$/i.test(name);
  const layout =
    shape.length === 4
      ? (filtersOf(array, isWeight) ?? layoutOfFour(shape, dtype, isWeight))
      : shape.length === 3 && !isWeight
        ? layoutOfThree(shape, dtype)
        : 'plain';
  return { layout, names: layout === 'plain' ? shape.map(() => '') : NAMES[layout] };
}

function isPicture(channels: number, height: number, width: number): boolean {
  return isPictureChannels(channels) && Math.min(height, width) > Math.max(4, channels);
}

function layoutOfThree([a, b, c]: Shape, dtype: DType | undefined): Layout {
  if (isPicture(a, b, c)) return 'image';
  if (isPicture(c, a, b)) return 'imageLast';
  // Many squares are the samples of a data set; a few may be anything.
  const isStack = Math.min(b, c) > 4 && (dtype === 'uint8' || (b === c && a > b));
  return isStack ? 'stack' : 'plain';
}

/** How the library that wrote the file stores filters, where the array is likely some. */
function filtersOf(array: ReadArray, isWeight: boolean): Layout | undefined {
  const { format, shape } = array;
  if (filterAxes(array, format)) return 'filtersLast';
  const isSmall = Math.max(shape[2], shape[3]) <= LARGEST_FILTER;
  return FILTERS_FIRST.includes(format) && (isWeight || isSmall) ? 'filters' : undefined;
}

function layoutOfFour([a, b, c, d]: Shape, dtype: DType | undefined, isWeight: boolean): Layout {
  const isSmall = (height: number, width: number): boolean => Math.max(height, width) <= LARGEST_FILTER;
  if (dtype === 'uint8' && !isWeight && isPicture(d, b, c)) return 'imagesLast';
  if (isSmall(a, b)) {
    // Square filters are usual, as many images as they have channels are not.
    const isSquare = a === b && a > 1;
    if (!isSmall(c, d) && (isSquare || isWeight)) return 'filtersLast';
    if (isSquare && a > 2 && c !== d) return 'filtersLast';
  }
  if (!isWeight && isPicture(d, b, c) && !isSmall(c, d)) return 'imagesLast';
  const isOnePicture = a === 1 && isPicture(b, c, d) && !isWeight;
  return isSmall(c, d) && !isOnePicture ? 'filters' : 'images';
}
