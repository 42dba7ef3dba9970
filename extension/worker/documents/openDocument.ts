import { basename } from 'node:path';
import { UnsupportedError, type BrowserImageType, type RawLayout } from '../../../engine';
import {
  BrowserImageError,
  browserImageType,
  memoryBytes,
  openRaw,
  openTensorFile,
  readWhole,
  stem,
  type ByteSource,
  type Siblings,
} from '../../../engine/formats';
import { packSummary } from '../../../webview/protocol';
import { fileSource, fileVersion, type DiskFile } from '../../workspace/fileSource';
import { folderSiblings } from '../../workspace/folderSiblings';
import { createDocument, type Document } from './document';
import type { DocumentContent } from './documentRequests';
import type { FileContent } from '../runs/engineRequests';

/** Bytes by which an image is known. */
const HEAD = 64;

/** Names that promise nothing about the content, so that it may have to be asked for. */
const RAW_NAMES = /\.(bin|raw)$/i;

/** A file's bytes, and what is known besides. */
export interface DocumentSource {
  readonly name: string;
  readonly source: ByteSource;
  readonly siblings?: Siblings;
  /** What was read of it on disk so far, itself first. */
  readFiles(): readonly DiskFile[];
}

/** @throws FormatError if there is no such file, or it cannot be read */
export async function documentSource(file: FileContent): Promise<DocumentSource> {
  if (file.kind === 'memory') {
    return { name: file.name, source: memoryBytes(new Uint8Array(file.bytes)), readFiles: () => [] };
  }
  const { path } = file;
  const version = await fileVersion(path);
  const siblings = folderSiblings(path);
  return {
    name: basename(path),
    source: fileSource(path, version),
    siblings,
    readFiles: () => [{ path, version }, ...siblings.files],
  };
}

/** What the host is told, and the arrays where there are some already. */
export interface Opening {
  readonly content: DocumentContent;
  readonly document?: Document;
}

/**
 * Opens a file for its editor.
 * @param raw how to read bytes that say nothing of themselves, once somebody has said so
 * @throws FormatError, UnsupportedError, CancelledError
 */
export async function openDocument(
  { name, source, siblings }: DocumentSource,
  raw: RawLayout | undefined,
  signal: AbortSignal,
): Promise<Opening> {
  const context = { name: stem(name), siblings, signal };
  if (raw)
    return opened(
      createDocument(name, source.size, { ...(await openRaw(source, raw, context)), format: 'raw' }, raw),
    );
  const type = browserImageType(await source.read(0, HEAD, signal));
  const imageOf = async (type: BrowserImageType): Promise<Opening> => {
    const bytes = await readWhole(source, name, signal);
    return { content: { kind: 'image', type, bytes: bytes.slice().buffer } };
  };
  if (type) return imageOf(type);
  try {
    const file = await openTensorFile(source, name, signal, siblings);
    return opened(createDocument(name, source.size, file));
  } catch (error) {
    if (error instanceof BrowserImageError) return imageOf(error.type);
    if (!(error instanceof UnsupportedError) || !RAW_NAMES.test(name)) throw error;
    return { content: { kind: 'raw', size: source.size } };
  }
}

function opened(document: Document): Opening {
  return { content: { kind: 'arrays', summary: packSummary(document.summary) }, document };
}
