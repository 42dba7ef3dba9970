import * as vscode from 'vscode';
import { canBeWeights, formatShape } from '../../engine';
import { findBias } from '../run/bias';
import { looksLikeWeights } from '../run/tensorChoice';
import { chooseArray, type CatalogArray, type Suitability } from './arrayChoices';
import type { Catalog } from './catalog';
import type { Draft } from './draft';
import { BACK, type Question } from './questions';

/** Which filters W? The bias is found, not asked for. */
export function weightsQuestion(catalog: Catalog, isKnown: boolean): Question<Draft> {
  return {
    applies: () => !isKnown,
    async ask(draft, place) {
      const weights = await chooseArray(catalog, {
        place,
        placeholder: vscode.l10n.t('Weights W (FN, C, FH, FW): which filters?'),
        headings: {
          well: vscode.l10n.t('filters'),
          maybe: vscode.l10n.t('other arrays of four axes'),
          not: vscode.l10n.t('cannot be read'),
        },
        suits,
        present: draft.weights,
        icon: () => new vscode.ThemeIcon('symbol-array'),
      });
      return weights === undefined || weights === BACK ? weights : { ...draft, weights };
    },
  };
}

function suits({ tensor, isImage, siblings }: CatalogArray): Suitability | undefined {
  if (isImage || !canBeWeights(tensor)) return undefined;
  const [FN, C, FH, FW] = tensor.shape;
  const filters = vscode.l10n.t('filters: {0} of {1} × {2} × {3} (C × FH × FW)', FN, C, FH, FW);
  const bias = findBias(siblings, tensor);
  const detail = bias ? `${filters} · ${bias.name} ${formatShape(bias.shape)}` : filters;
  return { fits: looksLikeWeights(tensor) ? 'well' : 'maybe', detail };
}
