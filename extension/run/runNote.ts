import type { DType, Note, Shape } from '../../engine';

/** A conversion that a user must know of. The worker says which, the host says it in the user's language. */
export type RunNote =
  | { readonly kind: 'scaled'; readonly dtype: DType; readonly divisor: number; readonly top: number }
  | { readonly kind: 'unscaled'; readonly dtype: DType }
  | { readonly kind: 'reshaped'; readonly from: Shape; readonly to: Shape }
  | { readonly kind: 'channels'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'transposed';
      readonly weights: string;
      readonly from: Shape;
      readonly to: Shape;
    }
  | { readonly kind: 'noBias'; readonly weights: string }
  | { readonly kind: 'bias'; readonly weights: string; readonly bias: string }
  /** No file was named for a network's input. */
  | { readonly kind: 'randomInput' }
  /** Sums run in the type of the numbers. */
  | { readonly kind: 'fastSums' }
  | { readonly kind: 'file'; readonly file: string; readonly text: string };

/** What files have to say of themselves. */
export function fileNotes(
  files: Iterable<{ readonly label: string; readonly notes: readonly Note[] }>,
): RunNote[] {
  return [...files].flatMap(({ label, notes }) =>
    notes.map(({ name, reason }): RunNote => ({
      kind: 'file',
      file: label,
      text: name ? `${name}: ${reason}` : reason,
    })),
  );
}
