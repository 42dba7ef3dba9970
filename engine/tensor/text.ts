import type { DType, TensorData } from './dtype';
import { isFloat } from './dtype';
import { alignRight, formatFloat, formatFloats } from './floatText';
import { formatShape, stridesOf, type Shape } from './shape';
import type { Tensor } from './tensor';

/** NumPy's default `linewidth`. */
const LINE_WIDTH = 75;
/** Items kept at each end of a summarised axis, NumPy's default `edgeitems`. */
const EDGE_ITEMS = 3;

export interface TextOptions {
  /** `str`, the default, is what `print(a)` shows; `repr` is an expression that makes the array: `array([1., 2.], dtype=float32)`. */
  readonly style?: 'str' | 'repr';
  /** An array with more elements is summarised: `[0. 1. 2. ... 7. 8. 9.]`. 1000 as in NumPy; Infinity shows all. */
  readonly threshold?: number;
}

/**
 * The tensor as NumPy (1.14 to 1.26) prints it with its default print options; bfloat16, which NumPy lacks, as another float.
 */
export function formatTensor(tensor: Tensor, { style = 'str', threshold = 1000 }: TextOptions = {}): string {
  const summarise = tensor.size > threshold;
  if (style === 'repr') return repr(tensor, summarise);
  if (tensor.shape.length === 0 && isFloat(tensor.dtype))
    return formatFloat(Number(tensor.data[0]), tensor.dtype);
  return tensor.size === 0 ? '[]' : arrayText(tensor, summarise, '', ' ', LINE_WIDTH);
}

function repr(tensor: Tensor, summarise: boolean): string {
  const { dtype, shape, size } = tensor;
  const impliesDType = size > 0 && ['float64', 'int64', 'bool'].includes(dtype);
  if (impliesDType) return `${arrayText(tensor, summarise, 'array(', ', ', LINE_WIDTH - 1)})`;
  const emptyShape = shape.length === 1 ? '' : ` shape=${formatShape(shape)},`;
  const text =
    size === 0
      ? `array([],${emptyShape}`
      : `${arrayText(tensor, summarise, 'array(', ', ', LINE_WIDTH - 1)},`;
  const ending = `dtype=${dtype})`;
  const lastLine = text.length - (text.lastIndexOf('\n') + 1);
  return text + (lastLine + 1 + ending.length > LINE_WIDTH ? '\n      ' : ' ') + ending;
}

/** `prefix` and the brackets with all that is in them; lines after the first are indented by the prefix's length. */
function arrayText(
  { data, shape, dtype }: Tensor,
  summarise: boolean,
  prefix: string,
  separator: ', ' | ' ',
  lineWidth: number,
): string {
  const rank = shape.length;
  const strides = stridesOf(shape);
  const isCut = shape.map(extent => summarise && extent > 2 * EDGE_ITEMS);
  const shown = shape.map((extent, axis) => shownPositions(extent, isCut[axis]));
  const words = formatElements(elementsAt(data, shown, strides), dtype, shape);
  const comma = separator.trimEnd();
  let next = 0;

  const layOut = (axis: number, indent: string, width: number): string => {
    if (axis === rank) return words[next++];
    const items = shown[axis].map(() => layOut(axis + 1, indent + ' ', width - 1));
    if (isCut[axis]) items.splice(EDGE_ITEMS, 0, '...');
    const body =
      axis === rank - 1
        ? wrap(items, separator, indent, width - 1)
        : items.join(comma + '\n'.repeat(rank - axis - 1) + indent);
    return `[${body}]`;
  };
  return prefix + layOut(0, ' '.repeat(prefix.length + 1), lineWidth);
}

function shownPositions(extent: number, isCut: boolean): number[] {
  if (!isCut) return Array.from({ length: extent }, (_, i) => i);
  return Array.from({ length: 2 * EDGE_ITEMS }, (_, i) => (i < EDGE_ITEMS ? i : extent - 2 * EDGE_ITEMS + i));
}

function elementsAt(
  data: TensorData,
  shown: readonly number[][],
  strides: readonly number[],
): (number | bigint)[] {
  let positions = [0];
  shown.forEach((axisPositions, axis) => {
    positions = positions.flatMap(base => axisPositions.map(i => base + i * strides[axis]));
  });
  return positions.map(position => data[position]);
}

function formatElements(elements: readonly (number | bigint)[], dtype: DType, shape: Shape): string[] {
  if (isFloat(dtype)) return formatFloats(elements.map(Number), dtype);
  const words = elements.map(dtype === 'bool' ? value => (value ? 'True' : 'False') : String);
  // NumPy aligns the truth values of an array even if all of them are true.
  const least = dtype === 'bool' && shape.length > 0 ? 'False'.length : 0;
  return alignRight(words, least);
}

/** Items of one row, broken into lines of at most `width` characters (with the indent) before the next separator or bracket. */
function wrap(items: readonly string[], separator: string, indent: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  items.forEach((item, i) => {
    if (line !== '' && indent.length + line.length + item.length > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += i < items.length - 1 ? item + separator : item;
  });
  return [...lines, line].join('\n' + indent);
}
