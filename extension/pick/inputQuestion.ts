import * as vscode from 'vscode';
import { formatShape } from '../../engine';
import { fitInput } from '../run/inputShape';
import { looksLikeWeights } from '../run/tensorChoice';
import { chooseArray, type CatalogArray, type Suitability } from './arrayChoices';
import type { Catalog } from './catalog';
import type { ChosenArray, Draft } from './draft';
import { BACK, type Question } from './questions';
import { iconOf, rangeText, type Thumbnails } from './thumbnails';

/**
 * Which input x? Those whose shape fits W come first; the others are listed with the reason why they do not.
 * @param isKnown the draft begins with an input, which is asked for only where it does not fit
 */
export function inputQuestion(catalog: Catalog, thumbnails: Thumbnails, isKnown: boolean): Question<Draft> {
  return {
    applies: draft => !(isKnown && fits(draft)),
    async ask(draft, place) {
      const weights = draft.weights!;
      const input = await chooseArray(catalog, {
        place,
        placeholder: vscode.l10n.t(
          'Input x for {0} {1}: which picture or array?',
          weights.reference.name,
          formatShape(weights.shape),
        ),
        headings: {
          well: vscode.l10n.t('fits'),
          maybe: vscode.l10n.t('fits in another way'),
          not: vscode.l10n.t('does not fit {0} {1}', weights.reference.name, formatShape(weights.shape)),
        },
        suits: array => suits(array, weights, thumbnails),
        present: draft.input,
        near: weights.reference.file,
        icon: array => iconOf(thumbnails.get(array.file.uri, array.tensor.name, 0)),
        async loadIcons(arrays, signal, changed) {
          await Promise.all(
            arrays.map(({ file, tensor }) => thumbnails.load(file.uri, tensor.name, [0], signal)),
          );
          if (!signal.aborted) changed();
        },
      });
      if (input === undefined || input === BACK) return input;
      const isOther = input.reference.file !== draft.input?.reference.file;
      return { ...draft, input, sample: isOther ? undefined : draft.sample };
    },
  };
}

function fits({ weights, input }: Draft): boolean {
  return !weights || !input || 'shape' in fitInput(input.shape, weights.shape, input.isImage);
}

function suits(
  { file, tensor, isImage }: CatalogArray,
  weights: ChosenArray,
  thumbnails: Thumbnails,
): Suitability | undefined {
  const isWeights = weights.reference.file === file.name && weights.reference.name === tensor.name;
  if (isWeights || tensor.shape.length < 2) return undefined;
  const fit = fitInput(tensor.shape, weights.shape, isImage);
  if ('reason' in fit) return { fits: 'not', detail: fit.reason };
  const failure = thumbnails.failure(file.uri, tensor.name, 0);
  if (failure !== undefined) return { fits: 'not', detail: failure };
  const [N, C, H, W] = fit.shape;
  const thumbnail = thumbnails.get(file.uri, tensor.name, 0);
  const parts = [
    vscode.l10n.t('{0} × {1} × {2} × {3} (N × C × H × W)', N, C, H, W),
    ...(fit.channels === C ? [] : [fit.channels === 1 ? vscode.l10n.t('as grey') : vscode.l10n.t('as RGB')]),
    ...(fit.groups === 1 ? [] : [vscode.l10n.t('in {0} groups', fit.groups)]),
    ...(thumbnail ? [rangeText(thumbnail)] : []),
  ];
  const asIs = fit.groups === 1 && fit.channels === C && tensor.shape.length === 4;
  return {
    fits: asIs && (isImage || !looksLikeWeights(tensor)) ? 'well' : 'maybe',
    detail: parts.join(' · '),
  };
}
