import { checkRegion, sizeOf, stridesOf, type Shape } from '../../tensor';
import { eachRow, regionPieces } from '../arrays/regionPieces';
import type { TextEntry } from '../tensorFile';
import { className, lineText, printable } from './describe';
import type { Value } from './values';

/** An array of Python objects as texts: strings as they are, of others what Python would print if that is short. */
export function objectTexts(name: string, shape: Shape, objects: readonly Value[]): TextEntry {
  const grid = { shape, strides: stridesOf(shape), width: 1 };
  return {
    name,
    storedType: 'object',
    shape,
    // Objects have no size of their own.
    byteLength: 0,
    readTexts(region) {
      checkRegion(region, shape);
      const texts = new Array<string>(sizeOf(region.map(({ count }) => count)));
      if (texts.length === 0) return Promise.resolve(texts);
      for (const piece of regionPieces(grid, region, 1)) {
        eachRow(piece, (from, to, row) => {
          for (let i = 0; i < row.count; i++) {
            texts[to + i * row.to] = textOf(objects[piece.first + from + i * row.from]);
          }
        });
      }
      return Promise.resolve(texts);
    },
  };
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : (lineText(value) ?? printable(className(value)));
}
