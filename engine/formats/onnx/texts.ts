import { FormatError } from '../../errors';
import { readTensor, sizeOf, Tensor } from '../../tensor';
import type { ByteSource } from '../bytes/byteSource';
import { checkedByteLength } from '../arrays/storedEntry';
import type { StoredArray, TextEntry } from '../tensorFile';
import { protobufFile } from './protobuf';
import type { StoredTensor } from './readTensor';
import { TENSOR } from './schema';

/**
 * A tensor of texts; all are read with the first.
 * @throws FormatError if there are fewer than its shape says
 */
export function textEntry(
  source: ByteSource,
  tensor: StoredTensor,
  stored: StoredArray & { readonly storedType: string },
): TextEntry {
  const { name, dims: shape, message } = tensor;
  const { first, pieces } = tensor.data.get(TENSOR.stringData) ?? { pieces: 0 };
  if (checkedByteLength('onnx', shape, 'uint8', Infinity) !== pieces) {
    throw new FormatError('onnx', `has ${pieces} texts, its shape says ${sizeOf(shape)}`);
  }
  const readAll = async (): Promise<string[]> => {
    const file = protobufFile(source, 'onnx');
    const texts: string[] = [];
    for await (const field of file.fields(message)) {
      if (field.number === first?.number) texts.push(await file.text(field));
    }
    return texts;
  };
  let all: Promise<string[]> | undefined;
  return {
    byteLength: message.end - message.start,
    ...stored,
    name,
    shape,
    async readTexts(region) {
      const wanted = readTensor(Tensor.arange(shape, 'float64'), region);
      const texts = await (all ??= readAll());
      return Array.from(wanted.numbers(), position => texts[position]);
    },
  };
}
