import { dirname, relative } from 'node:path/posix';
import * as vscode from 'vscode';
import { compactShape, INPUT, kindOf } from '../../engine';
import type { EngineClient } from '../worker/runs/engineClient';
import { fileBeside, mayBeRead } from '../workspace/fileBeside';
import { fileContent, findTensorFiles } from '../workspace/tensorFiles';
import type { ReadText } from './networkReadings';

/** A name that may stand at some place of a network's file. */
export interface Name {
  readonly name: string;
  readonly kind: vscode.CompletionItemKind;
  /** The shape of what it names, where it has one. */
  readonly detail?: string;
}

type Path = readonly (string | number)[];

/** @returns the names for the value that a path leads to, the likeliest first */
export function createNames(
  engine: EngineClient,
): (network: vscode.Uri, reading: ReadText, path: Path) => Promise<Name[]> {
  const { File, Field } = vscode.CompletionItemKind;

  const files = async (network: vscode.Uri): Promise<Name[]> => {
    const found = await findTensorFiles();
    const folder = dirname(fileBeside(network, 'x').path);
    const names = found.map(({ path }) => relative(folder, path));
    names.sort((a, b) => depth(a) - depth(b));
    return names.map(name => ({ name, kind: File }));
  };
  const arrays = async (network: vscode.Uri, file: string | undefined): Promise<Name[]> => {
    const uri = file === undefined ? undefined : fileBeside(network, file);
    if (!uri || !mayBeRead(network, uri)) return [];
    const listing = await engine.request('file/list', { file: await fileContent(uri) });
    return listing.arrays.map(({ name, shape }) => ({ name, kind: Field, detail: compactShape(shape) }));
  };

  return async (network, reading, path) => {
    const [head, item, key] = path;
    if (head === 'params') return files(network);
    if (head === 'input') {
      if (item === 'file') return files(network);
      return item === 'array' ? arrays(network, reading.network.input.tensor?.file) : [];
    }
    const layer = reading.positions.layers.findIndex(position => position.item === item);
    if (head !== 'layers' || layer < 0 || typeof key !== 'string') return [];
    if (key === 'from') return earlierLayers(reading, layer);
    if (key === 'target') {
      const { target } = reading.network.layers[layer];
      if (path[3] === 'file') return files(network);
      return path[3] === 'array' && target && 'file' in target ? arrays(network, target.file) : [];
    }
    return parameters(reading, layer, key);
  };
}

function earlierLayers({ analysis, network }: ReadText, layer: number): Name[] {
  const kind = vscode.CompletionItemKind.Reference;
  const earlier = analysis.layers.slice(0, layer).reverse();
  return [
    ...earlier.map(({ name, out }) => ({ name, kind, detail: out && compactShape(out) })),
    { name: INPUT, kind, detail: compactShape(network.input.shape) },
  ];
}

/** Those with as many axes as the role has, and that no layer has yet, come first. */
function parameters({ network, parameters = [] }: ReadText, layer: number, role: string): Name[] {
  const kind = kindOf(network.layers[layer].type).parameters.find(parameter => parameter.role === role);
  if (!kind) return [];
  const used = new Set(network.layers.flatMap(({ parameters }) => Object.values(parameters)));
  const axes = kind.axes.split(',').filter(axis => /\w/.test(axis)).length;
  const misfit = ({ name, shape }: { name: string; shape: readonly number[] }): number =>
    2 * Number(shape.length !== axes) + Number(used.has(name));
  return [...parameters]
    .sort((a, b) => misfit(a) - misfit(b))
    .map(({ name, shape }) => ({ name, kind: vscode.CompletionItemKind.Field, detail: compactShape(shape) }));
}

function depth(path: string): number {
  return path.split('/').length;
}
