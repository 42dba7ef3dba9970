import { getLocation } from 'jsonc-parser';
import type { SourceRange } from '../network';

/** Where somebody is writing in a network's file. */
export interface Cursor {
  /** Keys and positions in lists that lead there, e.g. `['layers', 3, 'from', 0]`. */
  readonly path: readonly (string | number)[];
  /** Whether a key is being written rather than a value. */
  readonly isKey: boolean;
  /** The value that stands there already, or its beginning. */
  readonly literal?: SourceRange;
}

/** @throws RangeError if the text nests some thousands deep */
export function cursorAt(text: string, offset: number): Cursor {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const isLiteral =
    previousNode && previousNode.type !== 'property' && previousNode.offset + previousNode.length >= offset;
  return {
    path,
    isKey: isAtPropertyKey,
    literal:
      isLiteral && previousNode.offset <= offset
        ? { offset: previousNode.offset, length: previousNode.length }
        : undefined,
  };
}
