import * as vscode from 'vscode';
import { createSource, type NetworkSource, type SourceRange } from '../../engine';
import type { EngineClient } from '../worker/engineClient';
import type { FileProblem, NetworkReading } from '../worker/engineRequests';
import { createParameterReader, type ParameterReader, type StoredParameter } from './parameterFiles';

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
  readonly files: ParameterReader;
  /** Names of the params files in the newest text. */
  params: readonly string[];
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
    const files = createParameterReader(engine, document.uri, () => {
      reading.latest = undefined;
      changed.fire(document);
    });
    const reading: Reading = { files, params: [] };
    readings.set(key, reading);
    return reading;
  };

  const read = async (document: vscode.TextDocument, reading: Reading): Promise<ReadText> => {
    for (;;) {
      const { params } = reading;
      const { parameters, faults } = await reading.files.read(params);
      const { version } = document;
      const text = document.getText();
      const answer = await engine.request('network/read', { text, parameters });
      const isCurrent = document.version === version || document.isClosed;
      // Which files it needs is known only now.
      if (isCurrent && isSameList(answer.network.params, params)) {
        const source = createSource(answer.positions);
        const range = source.rangeOf({ key: 'params' });
        const problems = [...answer.problems, ...faults.map(message => unreadable(message, range))];
        reading.latest = { ...answer, version, text, source, parameters, problems };
        return reading.latest;
      }
      reading.params = answer.network.params;
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

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

function unreadable(message: string, range: SourceRange): FileProblem {
  return { severity: 'error', fault: 'paramsFile', message: `params: ${message}`, range, fixes: [] };
}

/** A range of the document as VS Code counts: by lines. */
export function documentRange(document: vscode.TextDocument, { offset, length }: SourceRange): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
