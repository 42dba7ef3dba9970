import { FormatError, ShapeError } from '../../errors';
import { formatShape, sizeOf } from '../../tensor';
import { readBytes, type ByteSource } from '../bytes/byteSource';
import { ELEMENT_TYPES } from './elementTypes';
import { parseHeaderText, quote, type HeaderText, type StoredTensor } from './headerText';

/** The reference implementation refuses longer headers too. */
const MAX_HEADER = 100_000_000;

export interface Header extends HeaderText {
  /** Position in the file of the first tensor's first byte; the tensors' offsets count from here. */
  readonly dataAt: number;
}

/**
 * Reads the header of a safetensors file and checks all that the format promises: the tensors follow each other
 * without gaps or overlaps from the end of the header to the end of the file, and each has the bytes of its shape.
 * Source: the safetensors README, "Format", and the crate's `Metadata::validate`.
 * @returns the tensors in the order of their bytes
 * @throws FormatError
 */
export async function readHeader(source: ByteSource, signal?: AbortSignal): Promise<Header> {
  if (source.size < 8) {
    throw fault(`the file has ${source.size} bytes, its first 8 must say how long the header is`);
  }
  const lengthBytes = await readBytes(source, 'safetensors', 0, 8, signal);
  const claimed = new DataView(lengthBytes.buffer, lengthBytes.byteOffset, 8).getBigUint64(0, true);
  if (claimed > MAX_HEADER) {
    throw fault(`the header claims ${claimed} bytes, over ${MAX_HEADER} are refused (as safetensors does)`);
  }
  const length = Number(claimed);
  if (length > source.size - 8) {
    throw fault(`the header claims ${length} bytes, the file has ${source.size}: it is truncated`);
  }
  const bytes = await readBytes(source, 'safetensors', 8, length, signal);
  if (bytes[0] !== 0x7b) throw fault("the header does not start with '{'", 8);
  const { tensors, metadata } = parseHeaderText(decode(bytes));
  tensors.sort((a, b) => a.start - b.start || a.end - b.end);
  checkTensors(tensors, source.size - 8 - length);
  return { tensors, metadata, dataAt: 8 + length };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FormatError('safetensors', 'the header is not UTF-8 text', 8, { cause: error });
  }
}

/** @param available bytes after the header */
function checkTensors(tensors: readonly StoredTensor[], available: number): void {
  let position = 0;
  for (const tensor of tensors) {
    const { name, start, end } = tensor;
    if (end < start) throw fault(`tensor ${quote(name)} ends at byte ${end}, before its start at ${start}`);
    if (start > position) {
      throw fault(`bytes ${position} to ${start} belong to no tensor (the next is ${quote(name)})`);
    }
    if (start < position) {
      throw fault(`tensor ${quote(name)} starts at byte ${start}, inside the one that ends at ${position}`);
    }
    if (end > available) {
      throw fault(
        `tensor ${quote(name)} ends at byte ${end}, the file has ${available} after its header: it is truncated`,
      );
    }
    checkSize(tensor);
    position = end;
  }
  if (position < available) {
    throw fault(`${available - position} bytes after the last tensor belong to no tensor`);
  }
}

function checkSize({ name, storedType, shape, start, end }: StoredTensor): void {
  // A type of a later version: how much it takes is not known, the others can be read all the same.
  const type = ELEMENT_TYPES.get(storedType);
  if (!type) return;
  let bits: number;
  try {
    bits = sizeOf(shape) * type.bits;
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new FormatError('safetensors', `tensor ${quote(name)}: ${error.message}`, undefined, {
      cause: error,
    });
  }
  if (bits !== 8 * (end - start)) {
    throw fault(
      `tensor ${quote(name)} ${formatShape(shape)} ${storedType} takes ${bits / 8} bytes, its offsets ${start} to ${end} give it ${end - start}`,
    );
  }
}

function fault(problem: string, offset?: number): FormatError {
  return new FormatError('safetensors', problem, offset);
}
