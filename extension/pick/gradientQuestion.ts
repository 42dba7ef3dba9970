import * as vscode from 'vscode';
import { checkIndex, compactShape, formatShape, messageOf, sameShape, type Shape } from '../../engine';
import type { UpstreamGradient } from '../../webview/protocol';
import { chooseArray } from './arrayChoices';
import type { Catalog } from './catalog';
import { resultShape, type Draft } from './draft';
import { BACK, type Answer, type Place, type Question } from './questions';
import { askText, choose, type Choice } from './quickInput';
import { readNumbers } from './readNumbers';

type Kind = UpstreamGradient['kind'];

/** Which gradient dout comes from above on the way back? */
export function gradientQuestion(catalog: Catalog): Question<Draft> {
  return {
    applies: () => true,
    async ask(draft, place) {
      const shape = resultShape(draft);
      for (;;) {
        const kind = await choose<Kind>({
          place,
          placeholder: vscode.l10n.t('For the way back: the gradient dout {0}', formatShape(shape)),
          isPresent: value => value === draft.dout.kind,
          load: show => show(lines(shape)),
        });
        if (kind === undefined || kind === BACK) return kind;
        const dout = await gradientOf(kind, shape, draft.dout, catalog, place);
        if (dout === undefined) return undefined;
        if (dout !== BACK) return { ...draft, dout };
      }
    },
  };
}

function lines(shape: Shape): Choice<Kind>[] {
  const { t } = vscode.l10n;
  return [
    { label: t('ones'), description: t('dx sums up the filters that saw each pixel'), value: 'ones' },
    { label: 'arange', description: t('0, 1, 2, … as in the notes'), value: 'arange' },
    { label: t('random…'), description: t('normal numbers from a seed'), value: 'random' },
    {
      label: t('one cell…'),
      description: t('1 at one cell of {0}: shows what that cell depends on', formatShape(shape)),
      value: 'cell',
    },
    {
      label: t('from a file…'),
      description: t('an array of the shape {0}', formatShape(shape)),
      value: 'file',
    },
  ];
}

function gradientOf(
  kind: Kind,
  shape: Shape,
  present: UpstreamGradient,
  catalog: Catalog,
  place: Place,
): Promise<Answer<UpstreamGradient>> {
  switch (kind) {
    case 'ones':
    case 'arange':
      return Promise.resolve({ kind });
    case 'random':
      return askSeed(present, place);
    case 'cell':
      return askCell(shape, present, place);
    case 'file':
      return askFile(shape, catalog, place);
  }
}

function askSeed(present: UpstreamGradient, place: Place): Promise<Answer<UpstreamGradient>> {
  const seed = present.kind === 'random' ? present.seed : 0;
  return askText(place, vscode.l10n.t('seed: a whole number'), String(seed), text => {
    const typed = readNumbers(text, 1)?.[0];
    return typed === undefined
      ? { error: vscode.l10n.t('the seed must be a whole number') }
      : {
          value: { kind: 'random', seed: typed },
          says: vscode.l10n.t('the same seed gives the same numbers again'),
        };
  });
}

function askCell(shape: Shape, present: UpstreamGradient, place: Place): Promise<Answer<UpstreamGradient>> {
  const middle = shape.map((extent, axis) => (axis < 2 ? 0 : Math.floor(extent / 2)));
  const index = present.kind === 'cell' && present.index.length === shape.length ? present.index : middle;
  return askText(
    place,
    vscode.l10n.t('cell n, f, oh, ow of {0}', formatShape(shape)),
    index.join(', '),
    text => {
      const typed = readNumbers(text, shape.length) ?? [];
      try {
        checkIndex(typed, shape);
        return { value: { kind: 'cell', index: typed }, says: `dout[${typed.join(', ')}] = 1` };
      } catch (error) {
        return { error: messageOf(error) };
      }
    },
  );
}

async function askFile(shape: Shape, catalog: Catalog, place: Place): Promise<Answer<UpstreamGradient>> {
  const chosen = await chooseArray(catalog, {
    place,
    placeholder: vscode.l10n.t('dout {0}: which array?', formatShape(shape)),
    headings: {
      well: vscode.l10n.t('fits'),
      maybe: vscode.l10n.t('fits'),
      not: vscode.l10n.t('has not the shape {0}', formatShape(shape)),
    },
    suits: ({ tensor }) =>
      sameShape(tensor.shape, shape)
        ? { fits: 'well' }
        : {
            fits: 'not',
            detail: vscode.l10n.t('{0} is not {1}', compactShape(tensor.shape), compactShape(shape)),
          },
  });
  return chosen === undefined || chosen === BACK ? chosen : { kind: 'file', ...chosen.reference };
}
