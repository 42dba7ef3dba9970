import * as vscode from 'vscode';
import { createSource, namedFiles, type NamedAt, type NetworkSource, type SourceRange } from '../../engine';
import type { ListedFile } from '../worker/networks/chooseInput';
import type { EngineClient } from '../worker/runs/engineClient';
import type { FileProblem, NetworkReading } from '../worker/runs/engineRequests';
import {
  createFilesReader,
  storedParameters,
  type FilesReader,
  type NamedFiles,
  type StoredParameter,
} from './networkFiles';

/** The text of a network's file as it is now, understood. */
export interface ReadText extends NetworkReading {
  readonly version: number;
  readonly text: string;
  readonly source: NetworkSource;
  /** The arrays of its params files; undefined where they cannot be read. */
  readonly parameters?: readonly StoredParameter[];
}

/** Understands the networks that are open, each text once. */
export interface NetworkReadings {
  /** The document as it is now: an answer for a text that was changed meanwhile is dropped. */
  of(document: vscode.TextDocument): Promise<ReadText>;
  /** Another file that a network names has changed. */
  readonly onFiles: vscode.Event<vscode.TextDocument>;
  /** A network's file was closed, or is one no longer. */
  forget(document: vscode.TextDocument): void;
  dispose(): void;
}

interface Reading {
  readonly files: FilesReader;
  /** Where the newest text names files. */
  named: readonly NamedAt[];
  /** How often a file that it names has changed. */
  changes: number;
  latest?: ReadText;
  pending?: Promise<ReadText>;
}

export function createNetworkReadings(engine: EngineClient): NetworkReadings {
  const readings = new Map<string, Reading>();
  const changed = new vscode.EventEmitter<vscode.TextDocument>();

  const readingOf = (document: vscode.TextDocument): Reading => {
    const key = document.uri.toString();
    const known = readings.get(key);
    if (known) return known;
    const files = createFilesReader(engine, document.uri, () => {
      reading.latest = undefined;
      reading.changes++;
      changed.fire(document);
    });
    const reading: Reading = { files, named: [], changes: 0 };
    readings.set(key, reading);
    return reading;
  };

  const read = async (document: vscode.TextDocument, reading: Reading): Promise<ReadText> => {
    for (;;) {
      const { named, changes } = reading;
      const files = await reading.files.read([...new Set(named.map(({ file }) => file))]);
      const { version } = document;
      const text = document.getText();
      const parameters = storedParameters(named, files);
      const answer = await engine.request('network/read', {
        text,
        parameters,
        operands: operandsOf(named, files),
      });
      const nowNamed = namedFiles(answer.network);
      const isCurrent = (document.version === version && reading.changes === changes) || document.isClosed;
      // Which files it needs is known only now.
      if (isCurrent && JSON.stringify(nowNamed) === JSON.stringify(named)) {
        const source = createSource(answer.positions);
        const problems = [...answer.problems, ...unreadable(nowNamed, files, source)].sort(
          (a, b) => a.range.offset - b.range.offset,
        );
        reading.latest = { ...answer, version, text, source, parameters, problems };
        return reading.latest;
      }
      reading.named = nowNamed;
    }
  };

  return {
    onFiles: changed.event,
    async of(document) {
      const reading = readingOf(document);
      if (reading.latest?.version === document.version) return reading.latest;
      reading.pending ??= read(document, reading).finally(() => (reading.pending = undefined));
      return reading.pending;
    },
    forget({ uri }) {
      readings.get(uri.toString())?.files.dispose();
      readings.delete(uri.toString());
    },
    dispose() {
      for (const { files } of readings.values()) files.dispose();
      changed.dispose();
    },
  };
}

/** The files of the input and of targets that can be read, as far as samples are taken of them. */
function operandsOf(named: readonly NamedAt[], files: NamedFiles): ReadonlyMap<string, ListedFile> {
  const operands = new Map<string, ListedFile>();
  for (const { file, place } of named) {
    const found = files.get(file);
    if (place.key === 'params' || !found || 'fault' in found) continue;
    const { file: label, isImage, arrays, notes } = found.listing;
    const tensors = arrays.filter(({ dtype }) => dtype).map(({ name, shape }) => ({ name, shape }));
    operands.set(file, { label, isImage, tensors, notes });
  }
  return operands;
}

/** A problem wherever a file is named that cannot be read. */
function unreadable(named: readonly NamedAt[], files: NamedFiles, source: NetworkSource): FileProblem[] {
  return named.flatMap(({ file, place }) => {
    const found = files.get(file);
    if (!found || !('fault' in found)) return [];
    const message = `${place.key}: ${found.fault}`;
    return { severity: 'error', fault: `${place.key}File`, message, range: source.rangeOf(place), fixes: [] };
  });
}

/** A range of the document as VS Code counts: by lines. */
export function documentRange(document: vscode.TextDocument, { offset, length }: SourceRange): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
