import { formatTensor, ShapeError, type Tensor } from '../../../engine';
import { writeNpy, writeNpz, writePng, writeSafetensors, writeTable } from '../../../engine/formats';
import type { CopyFormat, SaveFormat } from '../../../webview/protocol';

/** Elements of a table: as text they take some ten times the room of their bytes. */
const MAX_TABLE_ELEMENTS = 10_000_000;

/**
 * The tensor as the bytes of a file.
 * @param name of the array in the file, where the format has names
 * @throws ShapeError, UnsupportedError if the format cannot hold it
 */
export async function encodeTensor(tensor: Tensor, name: string, format: SaveFormat): Promise<ArrayBuffer> {
  const bytes = await encoded(tensor, name, format);
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

async function encoded(tensor: Tensor, name: string, format: SaveFormat): Promise<Uint8Array<ArrayBuffer>> {
  switch (format) {
    case 'npy':
      return writeNpy(tensor);
    case 'npz':
      return writeNpz(new Map([[name, tensor]]));
    case 'safetensors':
      return writeSafetensors(new Map([[name, tensor]]));
    case 'csv':
      if (tensor.size > MAX_TABLE_ELEMENTS) {
        throw new ShapeError(
          `csv: ${tensor.size.toLocaleString('en')} elements are too many for a table ` +
            `(at most ${MAX_TABLE_ELEMENTS.toLocaleString('en')}): save them as .npy`,
        );
      }
      return new TextEncoder().encode(writeTable(tensor, ','));
    case 'png8':
      return writePng(tensor, 8);
    case 'png16':
      return writePng(tensor, 16);
  }
}

/** The tensor as text for the clipboard. */
export function tensorText(tensor: Tensor, as: Exclude<CopyFormat, 'python'>): string {
  return as === 'tsv'
    ? writeTable(tensor, '\t')
    : formatTensor(tensor, { style: 'repr', threshold: Infinity });
}
