import { FormatError } from '../../errors';
import { sliceSource, type ByteSource } from '../bytes/byteSource';
import type { Siblings } from '../tensorFile';

/** The files beside a model that hold its tensors' elements; each is opened once. */
export interface ExternalData {
  /**
   * The bytes that a tensor's `external_data` names.
   * @throws FormatError if there is no such file in the folder, or it is too short
   */
  open(entries: ReadonlyMap<string, string>): Promise<ByteSource>;
}

/**
 * @param siblings where the files are looked for; undefined where there is no folder
 * Source: ONNX, docs/ExternalData.md
 */
export function externalData(siblings: Siblings | undefined, signal?: AbortSignal): ExternalData {
  const files = new Map<string, Promise<ByteSource>>();
  return {
    async open(entries) {
      const location = entries.get('location') ?? '';
      if (!siblings) {
        throw new FormatError(
          'onnx',
          `its elements are in '${location}', which cannot be reached from here; open the model from a folder on disk`,
        );
      }
      const file = files.get(location) ?? siblings.open(location, signal);
      files.set(location, file);
      const source = await file;
      const offset = byteCount(entries, 'offset') ?? 0;
      const length = byteCount(entries, 'length') ?? source.size - offset;
      if (length < 0 || offset + length > source.size) {
        throw new FormatError(
          'onnx',
          `its elements are the ${length} bytes at ${offset} of '${location}', which has ${source.size}: that file is truncated, or of another model`,
        );
      }
      return sliceSource(source, offset, length);
    },
  };
}

function byteCount(entries: ReadonlyMap<string, string>, key: string): number | undefined {
  const text = entries.get(key);
  if (text === undefined || text === '') return undefined;
  const count = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(count))
    throw new FormatError('onnx', `the ${key} '${text.slice(0, 40)}' of its elements is no number of bytes`);
  return count;
}
