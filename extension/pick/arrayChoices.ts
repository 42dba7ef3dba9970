import * as vscode from 'vscode';
import { formatShape, type DType, type Shape } from '../../engine';
import type { FileIndex, TensorInfo } from '../worker/runs/engineRequests';
import { chooseFile } from '../workspace/tensorFiles';
import type { Catalog, CatalogFile } from './catalog';
import type { ChosenArray } from './draft';
import { choose, heading, type Choice } from './quickInput';
import { BACK, type Answer, type Place } from './questions';

/** An array in a file of the catalog. */
export interface CatalogArray {
  readonly file: CatalogFile;
  readonly isImage: boolean;
  readonly tensor: TensorInfo;
  /** The other arrays of its file, itself among them. */
  readonly siblings: readonly TensorInfo[];
}

/** How well an array suits: it is offered first, offered further down, or listed with the reason why it does not fit. */
export type Suitability =
  | { readonly fits: 'well' | 'maybe'; readonly detail?: string }
  | { readonly fits: 'not'; readonly detail: string };

export interface ArrayQuestion {
  readonly place: Place;
  readonly placeholder: string;
  /** Headings over those that suit well, that may suit, and that do not fit. */
  readonly headings: { readonly well: string; readonly maybe: string; readonly not: string };
  /** Undefined for arrays not worth a line. */
  suits(array: CatalogArray): Suitability | undefined;
  readonly present?: ChosenArray;
  /** The name of the file that arrays are likely to lie beside. */
  readonly near?: string;
  icon?(array: CatalogArray): vscode.IconPath | undefined;
  /** Called with the arrays that suit, whenever more are known; resolves when their icons have changed. */
  loadIcons?(arrays: readonly CatalogArray[], signal: AbortSignal, changed: () => void): Promise<void>;
}

const BROWSE = Symbol('browse');

/** Lets the user choose an array of the workspace's files, or of another file that is browsed for. */
export async function chooseArray(catalog: Catalog, question: ArrayQuestion): Promise<Answer<ChosenArray>> {
  for (;;) {
    const answer = await choose<CatalogArray | typeof BROWSE>({
      place: question.place,
      placeholder: question.placeholder,
      isPresent: value => value !== BROWSE && isSame(value, question.present),
      async load(show, signal) {
        const parts: (readonly CatalogFile[])[] = [];
        let isComplete = false;
        const showAll = (): void =>
          show([...linesOf(parts, question, isComplete), ...(isComplete ? browseLines() : [])]);
        await catalog.list(
          listed => {
            const known = new Set(parts.flat());
            const more = listed.filter(file => !known.has(file));
            if (more.length === 0) return;
            parts.push(more);
            showAll();
          },
          signal,
          question.near,
        );
        isComplete = true;
        showAll();
        const files = parts.flat();
        const suitable = arraysOf(files).filter(array => suitsAtAll(question.suits(array)));
        await question.loadIcons?.(suitable, signal, showAll);
      },
    });
    if (answer === BROWSE) await browse(catalog);
    else return answer === undefined || answer === BACK ? answer : chosenFrom(answer);
  }
}

export function chosenFrom({ file, isImage, tensor }: CatalogArray): ChosenArray {
  return { reference: { file: file.name, name: tensor.name }, shape: tensor.shape, isImage };
}

/** The arrays of the readable files. */
export function arraysOf(files: readonly CatalogFile[]): CatalogArray[] {
  return files.flatMap(file => {
    if ('error' in file.content) return [];
    const { isImage, tensors } = file.content;
    return tensors.map(tensor => ({ file, isImage, tensor, siblings: tensors }));
  });
}

/** `(30, 1, 5, 5) float64` */
export function describeArray({ shape, dtype }: { readonly shape: Shape; readonly dtype: DType }): string {
  return `${formatShape(shape)} ${dtype}`;
}

function suitsAtAll(suitability: Suitability | undefined): boolean {
  return suitability !== undefined && suitability.fits !== 'not';
}

function isSame({ file, tensor }: CatalogArray, present: ChosenArray | undefined): boolean {
  return present?.reference.file === file.name && present.reference.name === tensor.name;
}

/**
 * The lines for files that became known part by part. Those of a part stay where they are when another follows; the
 * arrays that do not fit come at the end, once all files are known.
 */
export function linesOf(
  parts: readonly (readonly CatalogFile[])[],
  question: Pick<ArrayQuestion, 'headings' | 'suits' | 'icon'>,
  isComplete: boolean,
): Choice<CatalogArray>[] {
  const group = (
    files: readonly CatalogFile[],
    fits: Suitability['fits'],
    extra: Choice<CatalogArray>[] = [],
  ): Choice<CatalogArray>[] => {
    const lines = arraysOf(files).flatMap(array => {
      const suitability = question.suits(array);
      return suitability?.fits === fits ? [lineOf(array, suitability, question)] : [];
    });
    const all = [...lines, ...extra];
    return all.length > 0 ? [heading(question.headings[fits]), ...all] : [];
  };
  const all = parts.flat();
  return [
    ...parts.flatMap(files => [...group(files, 'well'), ...group(files, 'maybe')]),
    ...(isComplete ? group(all, 'not', unreadable(all)) : []),
  ];
}

function lineOf(
  array: CatalogArray,
  suitability: Suitability,
  question: Pick<ArrayQuestion, 'icon'>,
): Choice<CatalogArray> {
  const { file, tensor, siblings } = array;
  const fits = suitsAtAll(suitability);
  const alone = siblings.length === 1;
  return {
    label: alone ? file.name : `${tensor.name}  $(file) ${file.name}`,
    description: describeArray(tensor),
    detail: fits ? suitability.detail : `$(circle-slash) ${suitability.detail ?? ''}`,
    iconPath: fits ? question.icon?.(array) : undefined,
    value: fits ? array : undefined,
  };
}

function unreadable(files: readonly CatalogFile[]): Choice<never>[] {
  return files.flatMap(({ name, content }) => {
    const reason = 'error' in content ? content.error : reasonForNone(content);
    return reason ? [{ label: name, detail: `$(circle-slash) ${reason}` }] : [];
  });
}

/** What is known of a file that can be read and has no array, such as a pickle of other objects. */
function reasonForNone({ tensors, notes }: FileIndex): string | undefined {
  return tensors.length === 0 ? notes[0] : undefined;
}

function browseLines(): Choice<typeof BROWSE>[] {
  return [
    heading(''),
    { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, value: BROWSE, alwaysShow: true },
  ];
}

async function browse(catalog: Catalog): Promise<void> {
  const file = await chooseFile();
  if (file) await catalog.add(file);
}
