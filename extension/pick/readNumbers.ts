import type { Pad, Pair } from '../../engine';

/** Whole numbers separated by commas, × or spaces; undefined if there is anything else, or more than `most`. */
export function readNumbers(text: string, most: number): number[] | undefined {
  const words = text
    .trim()
    .replace(/^[([]|[)\]]$/g, '')
    .split(/\s*[,x×]\s*|\s+/);
  const numbers = words.map(word => (/^[-−]?\d+$/.test(word) ? Number(word.replace('−', '-')) : NaN));
  return numbers.length <= most && numbers.every(Number.isInteger) ? numbers : undefined;
}

/** `2`, or `2, 1` for [vertical, horizontal]. */
export function readPair(text: string): Pair | undefined {
  const numbers = readNumbers(text, 2);
  return numbers?.length === 2 ? [numbers[0], numbers[1]] : numbers?.[0];
}

/** `1`, `1, 2` for [vertical, horizontal], or `0, 1, 2, 1` for [top, left, bottom, right]. */
export function readPad(text: string): Pad | undefined {
  const numbers = readNumbers(text, 4);
  if (numbers?.length !== 4) return readPair(text);
  const [top, left, bottom, right] = numbers;
  return [top, left, bottom, right];
}

/** A pair or a padding as it is typed and shown: `2`, `2, 1`. */
export function numbersText(value: Pair | Pad): string {
  return typeof value === 'number' ? String(value) : value.join(', ');
}
