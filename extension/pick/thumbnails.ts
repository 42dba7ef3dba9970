import * as vscode from 'vscode';
import type { EngineClient } from '../worker/engineClient';
import type { Thumbnail } from '../worker/engineRequests';
import { fileContent } from '../workspace/tensorFiles';

/** Small pictures of samples, each made once. */
export interface Thumbnails {
  get(uri: vscode.Uri, tensor: string, sample: number): Thumbnail | undefined;
  /** Makes those of some samples. A sample that cannot be drawn has no picture; that is no error. */
  load(uri: vscode.Uri, tensor: string, samples: readonly number[], signal: AbortSignal): Promise<void>;
}

export function createThumbnails(engine: EngineClient): Thumbnails {
  const made = new Map<string, Thumbnail>();
  const key = (uri: vscode.Uri, tensor: string, sample: number): string =>
    JSON.stringify([uri.toString(), tensor, sample]);

  return {
    get: (uri, tensor, sample) => made.get(key(uri, tensor, sample)),
    async load(uri, tensor, samples, signal) {
      const missing = samples.filter(sample => !made.has(key(uri, tensor, sample)));
      if (missing.length === 0) return;
      try {
        const file = await fileContent(uri);
        const pictures = await engine.request(
          'file/thumbnails',
          { file, name: tensor, samples: missing },
          signal,
        );
        pictures.forEach((picture, i) => made.set(key(uri, tensor, missing[i]), picture));
      } catch {
        // The line stays without a picture; running the layer will say what is wrong with the file.
      }
    },
  };
}

/** The picture as a quick pick shows it. */
export function iconOf(thumbnail: Thumbnail | undefined): vscode.IconPath {
  return thumbnail ? vscode.Uri.parse(thumbnail.png, true) : new vscode.ThemeIcon('file-media');
}

/** `0 … 255` */
export function rangeText({ min, max }: Thumbnail): string {
  const short = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');
  return `${short(min)} … ${short(max)}`;
}
