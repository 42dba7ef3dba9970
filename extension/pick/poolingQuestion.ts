import * as vscode from 'vscode';
import {
  formatShape,
  messageOf,
  outputShape,
  poolingGeometry,
  type PoolingOptions,
  type Shape,
} from '../../engine';
import { convolutionOf, type Draft } from './draft';
import { BACK, type Question } from './questions';
import { askText, choose, heading, type Choice, type Reading } from './quickInput';
import { numbersText, readPad, readPair } from './readNumbers';

const CUSTOM = Symbol('custom');
const NONE = Symbol('none');
type PoolingAnswer = PoolingOptions | typeof NONE | typeof CUSTOM;

const OFFERED: readonly PoolingOptions[] = [
  { kind: 'max', size: 2, stride: 2 },
  { kind: 'average', size: 2, stride: 2 },
  { kind: 'max', size: 3, stride: 2 },
  { kind: 'average', size: 'global' },
];

/** A pooling after the convolution? */
export const poolingQuestion: Question<Draft> = {
  applies: () => true,
  async ask(draft, place) {
    const out = outputShape(convolutionOf(draft));
    for (;;) {
      const answer = await choose<PoolingAnswer>({
        place,
        placeholder: vscode.l10n.t('Pooling after out {0}?', formatShape(out)),
        isPresent: value =>
          value === NONE ? draft.pool === null : value !== CUSTOM && sameText(value, draft.pool),
        load: show => show(lines(out, draft.pool)),
      });
      if (answer === undefined || answer === BACK) return answer;
      if (answer === NONE) return { ...draft, pool: null };
      if (answer !== CUSTOM) return { ...draft, pool: answer };
      const typed = await askText(
        place,
        vscode.l10n.t('max or average, size, and if you like: stride, pad, ceil, exclude-pad'),
        poolingText(draft.pool ?? OFFERED[0]),
        text => readingOf(readPooling(text), out),
      );
      if (typed === undefined) return undefined;
      if (typed !== BACK) return { ...draft, pool: typed };
    }
  },
};

function lines(out: Shape, present: PoolingOptions | null): Choice<PoolingAnswer>[] {
  const isOffered = OFFERED.some(options => sameText(options, present));
  const offered = present && !isOffered ? [present, ...OFFERED] : OFFERED;
  return [
    { label: vscode.l10n.t('no pooling'), description: formatShape(out), value: NONE },
    ...offered.map((options): Choice<PoolingAnswer> => {
      const reading = readingOf(options, out);
      return 'error' in reading
        ? { label: poolingText(options), detail: `$(circle-slash) ${reading.error}` }
        : { label: poolingText(options), description: reading.says, value: options };
    }),
    heading(''),
    { label: `$(edit) ${vscode.l10n.t('another pooling…')}`, value: CUSTOM },
  ];
}

function readingOf(options: PoolingOptions | undefined, out: Shape): Reading<PoolingOptions> {
  if (!options) return { error: vscode.l10n.t('for example: max 3 stride 2 pad 1') };
  try {
    return { value: options, says: `→ ${formatShape(outputShape(poolingGeometry(out, options)))}` };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

function sameText(options: PoolingOptions, other: PoolingOptions | null): boolean {
  return other !== null && poolingText(options) === poolingText(other);
}

/** A pooling as it is typed: `max 3, 3 stride 2 pad 1 ceil`. */
export function poolingText({ kind, size, stride, pad, ceilMode, countIncludePad }: PoolingOptions): string {
  return [
    kind,
    size === 'global' ? size : numbersText(size),
    ...(stride === undefined ? [] : ['stride', numbersText(stride)]),
    ...(pad === undefined ? [] : ['pad', numbersText(pad)]),
    ...(ceilMode ? ['ceil'] : []),
    ...(countIncludePad === false ? ['exclude-pad'] : []),
  ].join(' ');
}

/** Inverse of {@link poolingText}; undefined for anything else. */
export function readPooling(text: string): PoolingOptions | undefined {
  const form =
    /^(?<kind>max|average)\s+(?<size>global|[\d,×x\s]+?)(\s+stride\s+(?<stride>[-\d,×x\s]+?))?(\s+pad\s+(?<pad>[-\d,×x\s]+?))?(?<ceil>\s+ceil)?(?<exclude>\s+exclude-pad)?$/;
  const words = form.exec(text.trim())?.groups;
  if (!words) return undefined;
  const size = words.size === 'global' ? words.size : readPair(words.size);
  const stride = words.stride ? readPair(words.stride) : undefined;
  const pad = words.pad ? readPad(words.pad) : undefined;
  if (size === undefined || (words.stride && stride === undefined) || (words.pad && pad === undefined))
    return undefined;
  return {
    kind: words.kind === 'max' ? 'max' : 'average',
    size,
    ...(stride === undefined ? {} : { stride }),
    ...(pad === undefined ? {} : { pad }),
    ...(words.ceil ? { ceilMode: true } : {}),
    ...(words.exclude ? { countIncludePad: false } : {}),
  };
}
