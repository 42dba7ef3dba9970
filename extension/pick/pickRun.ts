import type * as vscode from 'vscode';
import type { RunRequest } from '../../webview/protocol';
import type { EngineClient } from '../worker/engineClient';
import { canBeWeights, looksLikeWeights } from '../run/tensorChoice';
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

/**
 * Asks for all that a run needs and that cannot be inferred, in one quick pick with a way back.
 * @param file a file that the command was called on: its arrays are offered first, as weights or as input
 * @param start choices to begin with
 * @returns undefined if the user gave up
 * @throws FormatError and what else the file has to say if it cannot be read
 */
export async function pickRun(
  engine: EngineClient,
  file?: vscode.Uri,
  start: Draft = EMPTY_DRAFT,
): Promise<RunRequest | undefined> {
  const catalog = createCatalog(engine);
  const thumbnails = createThumbnails(engine);
  const preset = file && presetFrom(await catalog.add(file));
  const draft = await askAll(
    [
      weightsQuestion(catalog, preset?.weights !== undefined),
      inputQuestion(catalog, thumbnails),
      sampleQuestion(thumbnails),
      windowQuestion,
      poolingQuestion,
      gradientQuestion(catalog),
    ],
    { ...start, ...preset },
  );
  return draft && requestOf(draft);
}

/** What follows from the file that the command was called on: its only filters, or its only array as the input. */
function presetFrom(file: CatalogFile): Partial<Draft> {
  if ('error' in file.content) throw new Error(file.content.error);
  const arrays = arraysOf([file]);
  const weights = arrays.filter(
    ({ tensor, isImage }) => !isImage && canBeWeights(tensor) && looksLikeWeights(tensor),
  );
  if (weights.length === 1) return { weights: chosenFrom(weights[0]) };
  return weights.length === 0 && arrays.length === 1 ? { input: chosenFrom(arrays[0]) } : {};
}
