import type { PointerMove, Recording } from './recorder.mjs';

declare global {
  /** What the bench puts into the page. */
  interface Window {
    recording: Recording;
    moves: PointerMove[];
  }
}
