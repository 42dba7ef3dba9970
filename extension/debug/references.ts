import type { FrameLevel, ScopeName } from '../../engine';

/** What the client can look into. */
export type Container =
  | { readonly kind: 'scope'; readonly frame: FrameLevel; readonly scope: ScopeName }
  /** The items of an array of the worker. */
  | { readonly kind: 'items'; readonly frame: FrameLevel; readonly handle: number; readonly count: number }
  /** The one value of an array that was shown without its range. */
  | {
      readonly kind: 'whole';
      readonly frame: FrameLevel;
      readonly handle: number;
      readonly count: number;
      readonly expression: string;
    };

/** The numbers by which the client looks into things, good until the session moves. */
export interface References {
  add(container: Container): number;
  /** @throws Error where the session has moved since */
  get(reference: number): Container;
  clear(): void;
}

export function createReferences(): References {
  const containers = new Map<number, Container>();
  // Not begun anew when the session moves: a number of before must not mean something else now.
  let last = 0;
  return {
    add(container) {
      containers.set(++last, container);
      return last;
    },
    get(reference) {
      const found = containers.get(reference);
      if (!found) throw new Error('the session has moved on');
      return found;
    },
    clear: () => containers.clear(),
  };
}
