import type { Tensor } from '../../engine';
import { writeNpy, writeNpz, writePng, writeSafetensors, writeTable } from '../../engine/formats';
import type { SaveFormat } from '../../webview/protocol';

/**
 * The tensor as the bytes of a file.
 * @param name of the tensor inside the file, for formats of several
 * @throws ShapeError, UnsupportedError if the format cannot hold it
 */
export async function encodeTensor(
  tensor: Tensor,
  name: string,
  format: SaveFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (format) {
    case 'npy':
      return writeNpy(tensor);
    case 'npz':
      return writeNpz(new Map([[name, tensor]]));
    case 'csv':
      return new TextEncoder().encode(writeTable(tensor, ','));
    case 'safetensors':
      return writeSafetensors(new Map([[name, tensor]]));
    case 'png8':
      return writePng(tensor, 8);
    case 'png16':
      return writePng(tensor, 16);
  }
}
