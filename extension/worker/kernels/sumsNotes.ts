import { kernels } from '../../../engine/kernels';
import type { RunNote } from '../../run/runNote';

/** What a user must know of sums: that explanations, whose terms are added in float64, differ from fast ones. */
export function sumsNotes(): RunNote[] {
  return kernels().arithmetic === 'fast' ? [{ kind: 'fastSums' }] : [];
}
