import { bytesPerElement, sizeOf, type DType, type RawLayout, type Shape } from '../../../engine';

/** A layout as it is typed. */
export interface TypedLayout {
  readonly dtype: DType;
  /** Whole numbers with anything between them, e.g. `(3, 32, 32)`; one may be −1 and is then found from the file's size. */
  readonly shape: string;
  readonly offset: string;
  readonly order: RawLayout['order'];
  readonly littleEndian: boolean;
}

/** What a typed layout comes to. */
export type RawCheck =
  | { readonly kind: 'shape' | 'offset' }
  /** The file is too small by `missing` bytes. */
  | { readonly kind: 'missing'; readonly bytes: number; readonly missing: number }
  | { readonly kind: 'fits'; readonly layout: RawLayout; readonly bytes: number; readonly left: number };

/** @param remembered what was answered for this file before @param size bytes of the file */
export function typedLayout(remembered: RawLayout | undefined): TypedLayout {
  const { dtype = 'float32', shape = [-1], offset = 0, order = 'C', littleEndian = true } = remembered ?? {};
  return { dtype, shape: shape.join(', '), offset: `${offset}`, order, littleEndian };
}

/** Whether the layout can be read, and how many of the file's `size` bytes it takes. */
export function checkLayout({ shape, offset, ...rest }: TypedLayout, size: number): RawCheck {
  const start = wholeNumber(offset);
  if (start === undefined) return { kind: 'offset' };
  const width = bytesPerElement(rest.dtype);
  const extents = parseShape(shape, Math.floor(Math.max(0, size - start) / width));
  if (!extents) return { kind: 'shape' };
  const bytes = sizeOf(extents) * width;
  const left = size - start - bytes;
  if (left < 0) return { kind: 'missing', bytes, missing: -left };
  return { kind: 'fits', layout: { ...rest, shape: extents, offset: start }, bytes, left };
}

/** @param available elements in the file, which decide an extent of −1 */
function parseShape(text: string, available: number): Shape | undefined {
  const inside = /^\s*[([]?(.*?)[)\]]?\s*$/s.exec(text)?.[1] ?? '';
  const parts = inside.split(/[\s,×x*]+/).filter(part => part !== '');
  const extents = parts.map(part => (part === '-1' ? -1 : wholeNumber(part)));
  if (extents.some(extent => extent === undefined)) return undefined;
  const open = extents.indexOf(-1);
  const known = extents.map(extent => extent ?? 0);
  if (open !== known.lastIndexOf(-1)) return undefined;
  try {
    const others = sizeOf(known.filter(extent => extent !== -1));
    if (open >= 0) known[open] = others > 0 ? Math.floor(available / others) : 0;
    sizeOf(known);
    return known;
  } catch {
    return undefined; // more axes or elements than an array can have
  }
}

function wholeNumber(text: string): number | undefined {
  return /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}
