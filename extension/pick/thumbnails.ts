import * as vscode from 'vscode';
import { messageOf } from '../../engine';
import type { EngineClient } from '../worker/runs/engineClient';
import type { Thumbnail } from '../worker/runs/engineRequests';
import { fileContent } from '../workspace/tensorFiles';

/** Small pictures of samples, each made once. */
export interface Thumbnails {
  get(uri: vscode.Uri, tensor: string, sample: number): Thumbnail | undefined;
  /** Why there is none: the file is damaged where its header is not. */
  failure(uri: vscode.Uri, tensor: string, sample: number): string | undefined;
  /** Makes those of some samples. A sample that cannot be read has no picture; that is no error. */
  load(uri: vscode.Uri, tensor: string, samples: readonly number[], signal: AbortSignal): Promise<void>;
}

export function createThumbnails(engine: Pick<EngineClient, 'request'>): Thumbnails {
  const made = new Map<string, Thumbnail>();
  const failures = new Map<string, string>();
  const key = (uri: vscode.Uri, tensor: string, sample: number): string =>
    JSON.stringify([uri.toString(), tensor, sample]);

  return {
    get: (uri, tensor, sample) => made.get(key(uri, tensor, sample)),
    failure: (uri, tensor, sample) => failures.get(key(uri, tensor, sample)),
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
      } catch (error) {
        if (signal.aborted) return;
        for (const sample of missing) failures.set(key(uri, tensor, sample), messageOf(error));
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
