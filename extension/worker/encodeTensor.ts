import { UnsupportedError, type Tensor } from '../../engine';
import { writeNpy } from '../../engine/formats';
import type { SaveFormat } from '../../webview/protocol';

/** The tensor as the bytes of a file. @throws UnsupportedError if the format cannot hold it */
export function encodeTensor(tensor: Tensor, name: string, format: SaveFormat): Uint8Array<ArrayBuffer> {
  if (format === 'npy') return writeNpy(tensor);
  throw new UnsupportedError(`save: ${name} cannot be written as ${format}; save it as .npy`);
}
