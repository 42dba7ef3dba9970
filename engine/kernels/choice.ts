import type { Kernels } from './kernels';
import { reference } from './reference';

let chosen: Kernels = reference;

/** The kernels that this thread's layers compute with: the reference, until faster ones are put in its place. */
export function kernels(): Kernels {
  return chosen;
}

/** Puts others in the place of the kernels. What is being computed goes on with those it began with. */
export function useKernels(next: Kernels): void {
  chosen = next;
}
