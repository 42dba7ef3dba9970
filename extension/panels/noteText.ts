import * as vscode from 'vscode';
import { formatShape } from '../../engine';
import type { RunNote } from '../run/runNote';

/** A note as a sentence in the user's language. */
export function noteText(note: RunNote): string {
  const { t } = vscode.l10n;
  switch (note.kind) {
    case 'scaled':
      return t('x was {0}; its values were divided by {1}, to 0 … {2}.', note.dtype, note.divisor, note.top);
    case 'unscaled':
      return t('x was {0}; its values were taken as they are.', note.dtype);
    case 'reshaped':
      return t('x had the shape {0}, it was taken as {1}.', formatShape(note.from), formatShape(note.to));
    case 'transposed':
      return t(
        '{0} is stored as (FH, FW, C, FN), the order of Keras: {1}. It was transposed to (FN, C, FH, FW): {2}.',
        note.weights,
        formatShape(note.from),
        formatShape(note.to),
      );
    case 'channels':
      return note.to === 1
        ? t('The image was converted from {0} channels to grey.', note.from)
        : t('The image was converted from {0} to {1} channels.', note.from, note.to);
    case 'bias':
      return t('{0} was taken as the bias of {1}.', note.bias, note.weights);
    case 'noBias':
      return t('No bias was found for {0}; the layer runs without one.', note.weights);
    case 'randomInput':
      return t('The network names no input: it is given random numbers, the same each time.');
    case 'fastSums':
      return t(
        'Sums of float32 arrays run in float32, as the settings say: the terms of a cell may add up to other last digits.',
      );
    case 'file':
      return t('{0}: {1}', note.file, note.text);
  }
}
