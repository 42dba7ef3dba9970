import type { SourceRange } from '../network';
import { nearestName } from './nearestName';

/** Something wrong with the text of a network's file, before any shape is looked at. */
export interface FileFault {
  readonly severity: 'error' | 'warning';
  readonly fault:
    | 'syntax'
    | 'tooLarge'
    | 'missingKey'
    | 'duplicateKey'
    | 'unknownKey'
    | 'wrongKind'
    | 'unknownType'
    | 'duplicateName'
    | 'unknownLayer'
    | 'laterLayer';
  /** In English, with what to do. */
  readonly message: string;
  readonly range: SourceRange;
  /** What to write in place of the range, where that is clear: JSON. */
  readonly replacement?: string;
}

/** Faults that are told of; a file that is nothing of the kind has one at every letter. */
const MAX_FAULTS = 100;

/** Collects what is wrong while a file is read: reading goes on. */
export interface Faults {
  readonly list: readonly FileFault[];
  add(fault: FileFault['fault'], range: SourceRange, message: string, replacement?: string): void;
  /** A name that is none of `known`. @returns which of them was probably meant; nothing once there are too many faults */
  addUnknown(
    fault: FileFault['fault'],
    range: SourceRange,
    name: string,
    known: Iterable<string>,
    message: string,
  ): string | undefined;
}

export function createFaults(): Faults {
  const list: FileFault[] = [];
  const isFull = () => list.length >= MAX_FAULTS;
  const add: Faults['add'] = (fault, { offset, length }, message, replacement) => {
    if (!isFull()) list.push({ severity: 'error', fault, message, range: { offset, length }, replacement });
  };
  return {
    list,
    add,
    addUnknown(fault, range, name, known, message) {
      if (isFull()) return undefined;
      const meant = nearestName(name, known);
      if (meant === undefined) add(fault, range, message);
      else add(fault, range, `${message}; did you mean "${meant}"?`, JSON.stringify(meant));
      return meant;
    },
  };
}
