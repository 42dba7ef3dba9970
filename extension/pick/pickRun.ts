import type * as vscode from 'vscode';
import { canBeWeights } from '../../engine';
import type { RunRequest } from '../../webview/protocol';
import type { EngineClient } from '../worker/runs/engineClient';
import { looksLikeWeights } from '../run/tensorChoice';
import { arraysOf, chosenFrom } from './arrayChoices';
import { createCatalog, type CatalogFile } from './catalog';
import { EMPTY_DRAFT, requestOf, type Draft } from './draft';
import { gradientQuestion } from './gradientQuestion';
import { inputQuestion } from './inputQuestion';
import { poolingQuestion } from './poolingQuestion';
import { askAll } from './questions';
import { sampleQuestion } from './sampleQuestion';
import { createThumbnails } from './thumbnails';
import { weightsQuestion } from './weightsQuestion';
import { windowQuestion } from './windowQuestion';

/** A file that the command was called on, and the array of it that was chosen there, if one was. */
export interface PickStart {
  readonly file: vscode.Uri;
  readonly array?: { readonly name: string; readonly as: 'weights' | 'input' };
}

/**
 * Asks for all that a run needs and that cannot be inferred, in one quick pick with a way back.
 * @param start a file whose arrays are offered first, as weights or as input, or the array that is one of the two
 * @returns undefined if the user gave up
 * @throws FormatError and what else the file has to say if it cannot be read
 */
export async function pickRun(engine: EngineClient, start?: PickStart): Promise<RunRequest | undefined> {
  const catalog = createCatalog(engine);
  const thumbnails = createThumbnails(engine);
  const preset = start && presetFrom(await catalog.add(start.file), start.array);
  const draft = await askAll(
    [
      weightsQuestion(catalog, preset?.weights !== undefined),
      inputQuestion(catalog, thumbnails, start?.array?.as === 'input'),
      sampleQuestion(thumbnails),
      windowQuestion,
      poolingQuestion,
      gradientQuestion(catalog),
    ],
    { ...EMPTY_DRAFT, ...preset },
  );
  return draft && requestOf(draft);
}

/** What follows from the start: the array that was chosen, the file's only filters, or its only array as the input. */
function presetFrom(file: CatalogFile, array: PickStart['array']): Partial<Draft> {
  if ('error' in file.content) throw new Error(file.content.error);
  const arrays = arraysOf([file]);
  const named = array && arrays.find(({ tensor }) => tensor.name === array.name);
  if (named) return { [array.as]: chosenFrom(named) };
  const weights = arrays.filter(
    ({ tensor, isImage }) => !isImage && canBeWeights(tensor) && looksLikeWeights(tensor),
  );
  if (weights.length === 1) return { weights: chosenFrom(weights[0]) };
  return weights.length === 0 && arrays.length === 1 ? { input: chosenFrom(arrays[0]) } : {};
}
