import * as vscode from 'vscode';
import {
  formatShape,
  messageOf,
  outputShape,
  sizeFormula,
  windowSpan,
  type WindowGeometry,
} from '../../engine';
import { convolutionOf, groupsOf, type Draft } from './draft';
import { BACK, type Place, type Question } from './questions';
import { askText, choose, heading, type Choice, type Reading } from './quickInput';
import { numbersText, readNumbers, readPad, readPair } from './readNumbers';

const GO_ON = Symbol('go on');
type Change = Partial<Draft> | AttributeName;

/** How an attribute is typed. */
interface Attribute {
  readonly hint: string;
  readonly text: (draft: Draft) => string;
  /** The draft with the typed value, or undefined where it is no value. */
  readonly change: (draft: Draft, text: string) => Draft | undefined;
}

type AttributeName = 'stride' | 'pad' | 'dilation' | 'groups';

function attributes(): Readonly<Record<AttributeName, Attribute>> {
  const pairHint = vscode.l10n.t('a number, or two: vertical, horizontal');
  return {
    stride: {
      hint: pairHint,
      text: ({ stride }) => numbersText(stride),
      change: (draft, text) => withValue(draft, 'stride', readPair(text)),
    },
    pad: {
      hint: vscode.l10n.t('a number, two: vertical, horizontal, or four: top, left, bottom, right'),
      text: ({ pad }) => numbersText(pad),
      change: (draft, text) => withValue(draft, 'pad', readPad(text)),
    },
    dilation: {
      hint: pairHint,
      text: ({ dilation }) => numbersText(dilation),
      change: (draft, text) => withValue(draft, 'dilation', readPair(text)),
    },
    groups: {
      hint: vscode.l10n.t('groups of channels that do not see one another'),
      text: draft => String(groupsOf(draft)),
      change: (draft, text) => withValue(draft, 'groups', readNumbers(text, 1)?.[0]),
    },
  };
}

function withValue<K extends AttributeName>(
  draft: Draft,
  name: K,
  value: Draft[K] | undefined,
): Draft | undefined {
  return value === undefined ? undefined : { ...draft, [name]: value };
}

/** How do the filters move? Enter takes it as it is; each attribute can be changed, with its consequence as one types. */
export const windowQuestion: Question<Draft> = {
  applies: () => true,
  async ask(start, place) {
    let draft = start;
    for (;;) {
      const answer = await choose<Change | typeof GO_ON>({
        place,
        placeholder: vscode.l10n.t('How do the filters move over x?'),
        load: show => show(lines(draft)),
      });
      if (answer === undefined || answer === BACK) return answer;
      if (answer === GO_ON) return draft;
      if (typeof answer !== 'string') {
        draft = { ...draft, ...answer };
        continue;
      }
      const changed = await askAttribute(draft, answer, place);
      if (changed === undefined) return undefined;
      if (changed !== BACK) draft = changed;
    }
  },
};

/** `OH = (28 + 2·0 − 5)/1 + 1 = 24 · OW = … → out (1, 30, 24, 24)` */
function consequence(geometry: WindowGeometry): string {
  const { vertical, horizontal } = geometry;
  const formulas = `${sizeFormula('H', vertical)} · ${sizeFormula('W', horizontal)}`;
  return `${formulas} → out ${formatShape(outputShape(geometry))}`;
}

function askAttribute(draft: Draft, name: AttributeName, place: Place) {
  const { hint, text, change } = attributes()[name];
  return askText<Draft>(place, `${name}: ${hint}`, text(draft), typed => {
    const changed = change(draft, typed);
    return changed ? readingOf(changed) : { error: hint };
  });
}

function readingOf(draft: Draft): Reading<Draft> {
  try {
    return { value: draft, says: consequence(convolutionOf(draft)) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

function lines(draft: Draft): Choice<Change | typeof GO_ON>[] {
  const reading = readingOf(draft);
  const all = attributes();
  const names = ['stride', 'pad', 'dilation', 'groups'] as const;
  const texts = names.map(name => `${name} ${all[name].text(draft)}`);
  return [
    'error' in reading
      ? { label: `$(error) ${texts.join(' · ')}`, detail: reading.error }
      : { label: `$(arrow-right) ${texts.join(' · ')}`, detail: reading.says, value: GO_ON },
    heading(vscode.l10n.t('change')),
    ...names.map((name, i) => ({ label: `$(edit) ${texts[i]} …`, description: all[name].hint, value: name })),
    ...samePadding(draft),
  ];
}

/** The padding that keeps the size, where stride is 1 and the window's span is odd. */
function samePadding(draft: Draft): Choice<Change>[] {
  const { weights, stride, dilation } = draft;
  if (!weights || stride !== 1 || typeof dilation !== 'number') return [];
  const [, , FH, FW] = weights.shape;
  const [h, w] = [FH, FW].map(window => (windowSpan({ window, dilation }) - 1) / 2);
  const pad = h === w ? h : ([h, w] as const);
  if (![h, w].every(Number.isInteger) || numbersText(pad) === numbersText(draft.pad) || h + w === 0)
    return [];
  return [
    {
      label: `$(symbol-ruler) pad ${numbersText(pad)}`,
      description: vscode.l10n.t('keeps the height and width of x'),
      value: { pad },
    },
  ];
}
