import type { FrameLevel } from '../../engine';
import type { SessionState } from '../../webview/protocol';

/** A network is one thread. */
export const THREAD = 1;

/** The frames of the stack, from the outermost in; their numbers are their places in it, from 1. */
export const FRAMES: readonly FrameLevel[] = ['network', 'layer', 'operation', 'cell'];

/** How many frames a session's position has. */
export function depthOf({ position }: SessionState): number {
  return position.cell ? 4 : position.operation !== undefined ? 3 : 2;
}
