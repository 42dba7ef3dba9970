import type { Floats, Workspace } from './workspace';

/** An array that kernels read or write part by part. */
export interface Stream {
  /** Whether it lies in the memory of the kernels, and no part of it is copied. */
  readonly isThere: boolean;
  /** Where the numbers from a first one up to, but without, a last one are read or written. */
  open(from: number, to: number): number;
  /** Brings what has been written there to the array. */
  close(): void;
}

/**
 * @param use what kernels do with it
 * @param most numbers of a part
 */
export function streamed(
  workspace: Workspace,
  values: Floats | Int32Array,
  use: 'read' | 'write' | 'both',
  most: number,
): Stream {
  const bytes = values.BYTES_PER_ELEMENT;
  const there = workspace.addressOf(values);
  if (there !== undefined)
    return { isThere: true, open: from => there + from * bytes, close: () => undefined };
  const address = workspace.take(Math.min(most, values.length) * bytes);
  let part = values.subarray(0, 0);
  return {
    isThere: false,
    open(from, to) {
      part = values.subarray(from, to);
      if (use !== 'write') workspace.write(address, part);
      return address;
    },
    close() {
      if (use !== 'read') workspace.read(address, part);
    },
  };
}
