import { basename } from 'node:path/posix';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Uri } from 'vscode';
import type { SourceRange } from '../../engine';
import { parseNetwork } from '../../engine/network/file';

/** A place in the network's file as the client counts lines and columns. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The client's numbers of the first line and column. */
export interface Counting {
  readonly firstLine: number;
  readonly firstColumn: number;
}

/** Where the layers stand in the network's file. */
export interface SourceLines {
  readonly source: DebugProtocol.Source;
  /** Whether a source of the client is the network's file. */
  isFile(source: DebugProtocol.Source): boolean;
  /** Of the network: its beginning. */
  readonly network: SourcePlace;
  /** Of a layer; of the input where it is −1. */
  placeOf(layer: number): SourcePlace;
  /** The layer that stands on a line, or else the next one after it. */
  layerFrom(line: number): number | undefined;
  /** The layers that begin on a line from `first` to `last`. */
  layersWithin(first: number, last: number): readonly number[];
}

export function createSourceLines(
  file: Uri,
  text: string,
  { firstLine, firstColumn }: Counting,
): SourceLines {
  const { source } = parseNetwork(text);
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const lineAt = (offset: number): number => {
    let [low, high] = [0, lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lineStarts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
  const placeAt = ({ offset, length }: SourceRange): SourcePlace => {
    const [start, end] = [lineAt(offset), lineAt(offset + length)];
    return {
      line: start + firstLine,
      column: offset - lineStarts[start] + firstColumn,
      endLine: end + firstLine,
      endColumn: offset + length - lineStarts[end] + firstColumn,
    };
  };
  const layers = source.positions.layers.map(({ range }) => placeAt(range));
  const path = pathOf(file);
  return {
    source: { name: basename(file.path), path },
    isFile: ({ path: given }) => given !== undefined && isSamePath(given, path),
    network: placeAt({ offset: 0, length: 0 }),
    placeOf: layer => (layer < 0 ? placeAt(source.rangeOf({ key: 'input' })) : layers[layer]),
    layerFrom(line) {
      const found = layers.findIndex(({ endLine }) => endLine >= line);
      return found < 0 ? undefined : found;
    },
    layersWithin: (first, last) =>
      layers.flatMap(({ line }, layer) => (line >= first && line <= last ? [layer] : [])),
  };
}

/** How the client names a file: by its path on a disk, by its URI anywhere else. */
function pathOf(file: Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.toString();
}

/** Windows writes the letter of a drive in either case. */
function isSamePath(a: string, b: string): boolean {
  return a === b || (/^[a-z]:/i.test(a) && a.toLowerCase() === b.toLowerCase());
}
