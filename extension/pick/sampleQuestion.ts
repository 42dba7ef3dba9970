import * as vscode from 'vscode';
import { resolveFile } from '../workspace/tensorFiles';
import { batchSize, chosen, type Draft } from './draft';
import { BACK, type Question } from './questions';
import { choose, type Choice } from './quickInput';
import { iconOf, type Thumbnails } from './thumbnails';

/** Samples with a line of their own; the others are reached by typing their number. */
const LISTED = 200;
/** Pictures made at once. */
const CHUNK = 20;

const ALL = Symbol('all');

/** Which sample of the batch, or all of them? */
export function sampleQuestion(thumbnails: Thumbnails): Question<Draft> {
  return {
    applies: draft => (batchSize(draft) ?? 1) > 1,
    async ask(draft, place) {
      const N = batchSize(draft)!;
      const { reference } = chosen(draft).input;
      const uri = await resolveFile(reference.file);
      const line = (sample: number): Choice<number> => ({
        label: vscode.l10n.t('sample {0}', sample),
        description: `${reference.name}[${sample}]`,
        iconPath: iconOf(thumbnails.get(uri, reference.name, sample)),
        value: sample,
      });
      const all: Choice<typeof ALL> = {
        label: vscode.l10n.t('all {0} samples', N),
        iconPath: new vscode.ThemeIcon('layers'),
        value: ALL,
      };
      const samples = Array.from({ length: Math.min(N, LISTED) }, (_, sample) => sample);

      const answer = await choose<number | typeof ALL>({
        place,
        placeholder: vscode.l10n.t('Which sample of {0}? Type a number 0 … {1}', reference.name, N - 1),
        isPresent: value => value === (draft.sample ?? 0),
        async load(show, signal) {
          const showAll = (): void => show([all, ...samples.map(line)]);
          showAll();
          for (let start = 0; start < samples.length && !signal.aborted; start += CHUNK) {
            await thumbnails.load(uri, reference.name, samples.slice(start, start + CHUNK), signal);
            showAll();
          }
        },
        fromText(text) {
          const sample = Number(text.trim() || NaN);
          return Number.isInteger(sample) && sample >= 0 && sample < N ? line(sample) : undefined;
        },
      });
      if (answer === undefined || answer === BACK) return answer;
      return { ...draft, sample: answer === ALL ? undefined : answer };
    },
  };
}
