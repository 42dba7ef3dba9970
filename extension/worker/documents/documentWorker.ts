// Entry of the worker thread of one open file: whatever the file does to its reader, it does to this thread alone.
import { parentPort } from 'node:worker_threads';
import { openPixels, stem, type ByteSource } from '../../../engine/formats';
import { UnsupportedError } from '../../../engine';
import { packSummary, serve } from '../../../webview/protocol';
import { arrayHandlers, checkTextSize } from '../arrays/arrayHandlers';
import { createDocument, type Document } from './document';
import type { DocumentEvents, DocumentRequests, Progressing } from './documentRequests';
import { fingerprints } from './fingerprints';
import { loadValueLoops } from '../kernels/loadValueLoops';
import { messagePort } from '../channel/messagePort';
import { documentSource, openDocument, type DocumentSource } from './openDocument';
import { sketchOf } from '../arrays/sketch';

if (!parentPort) throw new Error('the document worker must be started as a worker thread');

/** Milliseconds between two signs of life. */
const ALIVE_MS = 1000;
/** Milliseconds between two words of progress: each is a message through two processes, and a page drawn anew. */
const PROGRESS_MS = 100;

// Without them statistics take longer.
void loadValueLoops().catch(() => undefined);

let file: DocumentSource | undefined;
let document: Document | undefined;
let lastProgress = -Infinity;

const current = (): Document => {
  if (!document)
    throw new UnsupportedError('its picture is not decoded any more; close the file and open it again');
  return document;
};

const tell = serve<DocumentRequests, DocumentEvents>(messagePort(parentPort), {
  ...arrayHandlers<Progressing>(
    ({ array }) => current().sourceOf(array),
    ({ progress }, fraction) => {
      if (progress === undefined || performance.now() - lastProgress < PROGRESS_MS) return;
      lastProgress = performance.now();
      tell('array/progress', { progress, fraction });
    },
  ),
  'document/open': async ({ file: content, raw }, signal) => {
    file = await documentSource(content);
    const opening = await openDocument({ ...file, source: watched(file.source) }, raw, signal);
    document = opening.document;
    return { content: opening.content, files: file.readFiles() };
  },
  'document/pixels': ({ width, height, rgba }, signal) => {
    if (!file) throw new Error('no file is open');
    const { name, source } = file;
    const contents = openPixels({ width, height, rgba: new Uint8Array(rgba) }, { name: stem(name), signal });
    document = createDocument(name, source.size, { ...contents, format: 'image' });
    return packSummary(document.summary);
  },
  'document/fingerprints': (_params, signal) => fingerprints(current().tensors, signal),
  'array/sketch': ({ array }, signal) => sketchOf(current().sourceOf(array), signal),
  'array/python': ({ array }) => current().pythonLineOf(array),
  'array/texts': ({ array, region }, signal) => {
    checkTextSize(region);
    return current().textsOf(array).readTexts(region, signal);
  },
});

/**
 * A source whose reads are signs of life, once the file is open: opening has its time and no more, whereas to read an
 * array may take as long as there is progress.
 */
function watched(source: ByteSource): ByteSource {
  let last = performance.now();
  const alive = (): void => {
    if (!document || performance.now() - last < ALIVE_MS) return;
    last = performance.now();
    tell('document/alive', undefined);
  };
  const { readSync, readInto } = source;
  return {
    size: source.size,
    read(offset, length, signal) {
      alive();
      return source.read(offset, length, signal);
    },
    readSync:
      readSync &&
      ((offset, length) => {
        alive();
        return readSync(offset, length);
      }),
    readInto:
      readInto &&
      ((offset, target, signal) => {
        alive();
        return readInto(offset, target, signal);
      }),
  };
}
